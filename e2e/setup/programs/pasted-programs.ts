/**
 * Tutorial-style programs in plain JavaScript, written for `pasted.test.ts`. Each shows habits that one meets in tutorials, and
 * ends by itself.
 */
export const programs = {
  /** Handlers as properties, an address that does not exist, `function` everywhere, the close event taken apart. */
  chat: `let socket = new WebSocket("ws://example.com/socket");
let messages = ["Hello Server!", "How are you?", "Bye"];

socket.onopen = function (e) {
  console.log("[open] Connection established");
  messages.forEach(function (text) {
    socket.send(text);
  });
};

socket.onmessage = function (event) {
  console.log("Message from server: " + event.data);
  if (event.data === "Bye") socket.close(1000, "done");
};

socket.onclose = function (event) {
  if (event.wasClean) {
    console.log(\`Connection closed cleanly, code=\${event.code} reason=\${event.reason}\`);
  } else {
    console.log("Connection died");
  }
};

socket.onerror = function (error) {
  console.error("[error]", error);
};
`,

  /** The echo server of many tutorials, listeners, a random walk without the randomness, an interval. */
  ticker: `const ws = new WebSocket('wss://echo.websocket.org');
let price = 100;
let timer;

ws.addEventListener('open', () => {
  timer = setInterval(() => {
    price++;
    ws.send(JSON.stringify({ symbol: 'ACME', price, time: Date.now() }));
  }, 200);
});

ws.addEventListener('message', (event) => {
  const quote = JSON.parse(event.data);
  console.log(quote.symbol, quote.price);
  if (quote.price >= 105) {
    clearInterval(timer);
    ws.close();
  }
});

ws.addEventListener('close', () => clearInterval(timer));
`,

  /** A class around the socket, messages with a type, everybody in one room. */
  cursors: `class CursorShare {
  constructor(url) {
    this.id = Math.random().toString(36).slice(2, 8);
    this.others = new Map();
    this.ws = new WebSocket(url);
    this.ws.addEventListener('open', () => this.start());
    this.ws.addEventListener('message', ({ data }) => this.handle(JSON.parse(data)));
  }

  start() {
    let step = 0;
    const timer = setInterval(() => {
      const angle = (step++ / 12) * 2 * Math.PI;
      this.ws.send(
        JSON.stringify({ type: 'cursor', id: this.id, x: Math.round(100 * Math.cos(angle)), y: Math.round(100 * Math.sin(angle)) }),
      );
      if (step === 12) {
        clearInterval(timer);
        setTimeout(() => this.ws.close(), 3000);
      }
    }, 100);
  }

  handle(message) {
    switch (message.type) {
      case 'cursor':
        if (message.id === this.id) return;
        this.others.set(message.id, { x: message.x, y: message.y });
        console.log('cursor of', message.id, message.x, message.y);
        break;
      default:
        console.warn('unknown message', message);
    }
  }
}

new CursorShare('wss://cursors.example.com/broadcast/board');
`,

  /** A function that calls itself from the close handler, with a delay that doubles. */
  reconnecting: `const MAX_DELAY = 5000;
let attempts = 0;
let socket = null;

function connect() {
  // The server restarts twice, then it stays.
  const url = attempts < 2 ? 'wss://api.example.com/close?code=1012&reason=restart&after=300' : 'wss://api.example.com/live';
  socket = new WebSocket(url);

  socket.onopen = () => {
    console.log('Connected');
    if (attempts === 2) socket.send(JSON.stringify({ type: 'subscribe', channel: 'news' }));
  };

  socket.onmessage = (event) => {
    console.log('Back for good', event.data);
    socket.onclose = null;
    socket.close();
  };

  socket.onclose = (event) => {
    const delay = Math.min(MAX_DELAY, 200 * 2 ** attempts);
    attempts += 1;
    console.log(\`Socket closed (\${event.code}). Reconnecting in \${delay} ms\`);
    setTimeout(connect, delay);
  };

  socket.onerror = (err) => {
    console.error('Socket encountered error', err.message, 'Closing socket');
    socket.close();
  };
}

connect();
`,

  /** An address built from \`location\`, \`window\` before everything, a pong that must come in time. */
  heartbeat: `const protocol = window.location.protocol === 'https:' ? 'wss:' : 'ws:';
const ws = new window.WebSocket(protocol + '//' + window.location.host + '/ws');
const HEARTBEAT_INTERVAL = 300;
const HEARTBEAT_TIMEOUT = 2000;
let beats = 0;
let interval, deadline;

function heartbeat() {
  if (ws.readyState !== WebSocket.OPEN) return;
  ws.send(JSON.stringify({ type: 'ping', ts: performance.now() }));
  clearTimeout(deadline);
  deadline = setTimeout(() => {
    console.log('No heartbeat, terminating connection');
    ws.close();
  }, HEARTBEAT_TIMEOUT);
}

ws.onopen = () => {
  heartbeat();
  interval = window.setInterval(heartbeat, HEARTBEAT_INTERVAL);
};

ws.onmessage = ({ data }) => {
  const msg = JSON.parse(data);
  clearTimeout(deadline);
  console.log('pong after', Math.round(performance.now() - msg.ts), 'ms');
  if (++beats === 4) ws.close(1000);
};

ws.onclose = () => clearInterval(interval);
`,
} as const;
