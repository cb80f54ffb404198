/** How much, how fast, and whether it came. */
import type { TutorialProgram } from '../running/program.ts';

export const delivery: TutorialProgram[] = [
  {
    name: 'each message is acknowledged, and sent again until then',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
const seen = new Set();

wss.on('connection', (ws) => {
  let count = 0;
  ws.on('message', (raw) => {
    const { id, text } = JSON.parse(raw);
    count++;
    if (count === 2) return console.log('lost', id);
    if (seen.has(id)) console.log('again', id);
    else console.log('new', id, text);
    seen.add(id);
    if (count === 3) return console.log('lost the ack of', id);
    ws.send(JSON.stringify({ ack: id }));
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
const unacknowledged = new Map();
const queue = ['a', 'b', 'c'];
let nextId = 1;

function transmit(id) {
  const entry = unacknowledged.get(id);
  entry.attempts++;
  ws.send(JSON.stringify({ id, text: entry.text }));
  entry.timer = setTimeout(() => transmit(id), 80);
}
function sendNext() {
  if (queue.length === 0) return ws.close();
  const id = nextId++;
  unacknowledged.set(id, { text: queue.shift(), attempts: 0 });
  transmit(id);
}
ws.onopen = sendNext;
ws.onmessage = ({ data }) => {
  const { ack } = JSON.parse(data);
  const { attempts, timer } = unacknowledged.get(ack);
  clearTimeout(timer);
  unacknowledged.delete(ack);
  console.log('delivered', ack, 'in', attempts);
  sendNext();
};
ws.onclose = () => console.log('left over', unacknowledged.size);
`,
      },
    ],
  },
  {
    name: 'acknowledged by the callback of send',
    server: `
import { WebSocketServer } from 'ws';
const wss = new WebSocketServer({ port: 8080 });
wss.on('connection', async (ws) => {
  const send = (data) =>
    new Promise((resolve, reject) => ws.send(data, (error) => (error ? reject(error) : resolve())));
  for (const word of ['ready', 'steady', 'go']) await send(word);
  console.log('written', ws.bufferedAmount);
  ws.on('close', async () => {
    await send('too late').catch((error) => console.log(error.message));
    console.log('buffered', ws.bufferedAmount);
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
import WebSocket from 'ws';
const ws = new WebSocket('ws://localhost:8080');
ws.on('message', (data) => {
  console.log(data.toString());
  if (data.equals(Buffer.from('go'))) ws.close();
});
try {
  ws.send('too early');
} catch (error) {
  console.log(error.message);
}
`,
      },
    ],
  },
  {
    name: 'backpressure by bufferedAmount',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
wss.on('connection', (ws) => {
  let bytes = 0;
  let messages = 0;
  ws.on('message', (data) => {
    bytes += data.length;
    messages++;
    if (messages % 10 === 0) ws.send(String(bytes));
  });
  ws.on('close', () => console.log(messages, 'messages', bytes, 'bytes'));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const HIGH_WATER = 8 * 1024;
const chunk = 'x'.repeat(1024);
const ws = new WebSocket('ws://localhost:8080');
let sent = 0;
let highest = 0;
function pump() {
  while (sent < 40 && ws.bufferedAmount < HIGH_WATER) {
    ws.send(chunk);
    sent++;
    highest = Math.max(highest, ws.bufferedAmount);
  }
  if (sent < 40) setTimeout(pump, 5);
}
ws.onopen = () => {
  console.log('at first', ws.bufferedAmount);
  pump();
  console.log('in the first go', sent, ws.bufferedAmount);
};
ws.onmessage = ({ data }) => {
  console.log('server has', data);
  if (Number(data) === 40 * 1024) {
    console.log('never more than', highest, 'now', ws.bufferedAmount);
    ws.close();
  }
};
`,
      },
    ],
  },
  {
    name: 'rate limiting on a server',
    server: `
const { WebSocketServer } = require('ws');

class TokenBucket {
  constructor(capacity, refillEvery) {
    this.tokens = this.capacity = capacity;
    this.timer = setInterval(() => (this.tokens = Math.min(this.capacity, this.tokens + 1)), refillEvery);
  }
  take() {
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
  stop() {
    clearInterval(this.timer);
  }
}

const wss = new WebSocketServer({ port: 8080 });
wss.on('connection', (ws) => {
  const bucket = new TokenBucket(3, 60);
  let strikes = 0;
  ws.on('message', (data) => {
    if (bucket.take()) return ws.send('ok ' + data);
    strikes += 1;
    if (strikes > 4) ws.close(1008, 'Rate limit exceeded');
    else ws.send(JSON.stringify({ error: 'slow down', strikes }));
  });
  ws.on('close', () => {
    bucket.stop();
    console.log('strikes', strikes);
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
const burst = (from, to) => {
  for (let i = from; i <= to; i++) ws.send('m' + i);
};
ws.onopen = () => {
  burst(1, 5);
  setTimeout(() => burst(6, 6), 200);
  setTimeout(() => burst(7, 16), 280);
};
ws.onmessage = ({ data }) => data.startsWith('ok') && console.log(data);
ws.onclose = ({ code, reason }) => console.log(code, reason);
`,
      },
    ],
  },
  {
    name: 'what is sent before the connection is open waits',
    server: `
const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8080, maxPayload: 100 }).on('connection', (ws) => {
  ws.on('message', (data) => console.log(data.toString()));
  ws.on('error', (error) => console.log(error.name, error.code));
  ws.on('close', (code) => console.log('close', code));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
class QueueingSocket {
  constructor(url) {
    this.queue = [];
    this.ws = new WebSocket(url);
    this.ws.addEventListener('open', () => this.flush(), { once: true });
    this.ws.addEventListener('close', ({ code, wasClean }) => console.log('close', code, wasClean));
  }
  send(data) {
    if (this.ws.readyState === WebSocket.CONNECTING) this.queue.push(data);
    else this.ws.send(data);
  }
  flush() {
    console.log('flushing', this.queue.length);
    for (const data of this.queue.splice(0)) this.ws.send(data);
    this.send('and directly');
    this.send('y'.repeat(101));
  }
}
const socket = new QueueingSocket('ws://localhost:8080');
socket.send('first');
socket.send('second');
`,
      },
    ],
  },
];
