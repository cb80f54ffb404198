/** Clients that come back. */
import type { TutorialProgram } from '../running/program.ts';

const unreliableServer = `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
let connections = 0;
wss.on('connection', (ws) => {
  const n = ++connections;
  console.log('connection', n);
  ws.send('hello ' + n);
  ws.on('message', (data) => console.log(n, data.toString()));
  if (n === 1) setTimeout(() => ws.terminate(), 30);
  if (n === 2) setTimeout(() => ws.close(1012, 'restarting'), 30);
});
`;

export const reconnecting: TutorialProgram[] = [
  {
    name: 'a function that reconnects after a while',
    server: unreliableServer,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
function connect() {
  const ws = new WebSocket('ws://localhost:8080');
  ws.onopen = function () {
    ws.send('subscribe');
  };
  ws.onmessage = function (e) {
    console.log('Message:', e.data);
    if (e.data === 'hello 3') ws.close(1000);
  };
  ws.onclose = function (e) {
    if (e.code === 1000) return console.log('over');
    console.log('Socket is closed. Reconnecting.', e.code, e.reason);
    setTimeout(function () {
      connect();
    }, 50);
  };
  ws.onerror = function () {
    ws.close();
  };
}
connect();
`,
      },
    ],
  },
  {
    name: 'a class that reconnects, with exponential backoff and a queue',
    server: `
const http = require('http');
const { WebSocketServer } = require('ws');
let attempts = 0;
const server = http.createServer();
const wss = new WebSocketServer({ noServer: true });
server.on('upgrade', (req, socket, head) => {
  attempts++;
  if (attempts <= 3) return socket.end('HTTP/1.1 503 Service Unavailable\\r\\nConnection: close\\r\\n\\r\\n');
  wss.handleUpgrade(req, socket, head, (ws) => {
    ws.on('message', (data) => {
      console.log(attempts, data.toString());
      if (attempts === 4) ws.terminate();
      else ws.send('thanks');
    });
  });
});
server.listen(8080);
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
class ReconnectingWebSocket extends EventTarget {
  constructor(url, { base = 10, max = 50 } = {}) {
    super();
    Object.assign(this, { url, base, max, attempt: 0, queue: [], stopped: false });
    this.open();
  }
  open() {
    this.ws = new WebSocket(this.url);
    this.ws.onopen = () => {
      this.attempt = 0;
      this.dispatchEvent(new Event('open'));
      while (this.queue.length) this.ws.send(this.queue.shift());
    };
    this.ws.onmessage = ({ data }) => this.dispatchEvent(Object.assign(new Event('message'), { data }));
    this.ws.onclose = ({ code }) => {
      if (this.stopped) return this.dispatchEvent(new Event('close'));
      const delay = Math.min(this.max, this.base * 2 ** this.attempt++);
      console.log('closed with', code, 'again in', delay);
      setTimeout(() => this.open(), delay);
    };
  }
  send(data) {
    if (this.ws.readyState === WebSocket.OPEN) this.ws.send(data);
    else this.queue.push(data);
  }
  close() {
    this.stopped = true;
    this.ws.close();
  }
}

const socket = new ReconnectingWebSocket('ws://localhost:8080');
socket.send('queued at the beginning');
let opened = 0;
socket.addEventListener('open', () => {
  console.log('open', ++opened);
  if (opened === 2) socket.send('after the loss');
});
socket.addEventListener('message', (event) => {
  console.log(event.data);
  socket.close();
});
socket.addEventListener('close', () => console.log('closed for good'));
`,
      },
    ],
  },
  {
    name: 'a client of Node that reconnects and takes up where it was',
    server: `
import { WebSocketServer } from 'ws';
const wss = new WebSocketServer({ port: 8080 });
const log = ['one', 'two', 'three', 'four', 'five'];
wss.on('connection', (ws, req) => {
  const from = Number(req.headers['last-event']);
  console.log('from', from);
  log.slice(from, from + 2).forEach((text, i) => ws.send(JSON.stringify({ id: from + i + 1, text })));
  ws.close(from + 2 < log.length ? 1013 : 1000);
});
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
import { setTimeout as sleep } from 'node:timers/promises';
import { once } from 'node:events';
import WebSocket from 'ws';

let last = 0;
for (let code = 0; code !== 1000; ) {
  const ws = new WebSocket('ws://localhost:8080', { headers: { 'Last-Event': last } });
  ws.on('message', (data) => {
    const { id, text } = JSON.parse(data.toString());
    last = id;
    console.log(id, text);
  });
  [code] = await once(ws, 'close');
  console.log('closed', code, 'at', last);
  await sleep(20);
}
`,
      },
    ],
  },
];
