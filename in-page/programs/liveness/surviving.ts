/** Servers that go on, and clients that give up in time. */
import type { TutorialProgram } from '../running/program.ts';

export const surviving: TutorialProgram[] = [
  {
    name: 'uncaughtException keeps a server alive',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
process.on('uncaughtException', (error, origin) => {
  console.log(origin, error.message);
  // A connection whose listener threw is stuck.
  if (error.message === 'in a listener') setTimeout(() => wss.clients.forEach((ws) => ws.terminate()), 150);
});

wss.on('connection', (ws) => {
  ws.on('close', (code) => console.log('close', code));
  ws.on('message', (data) => {
    const text = data.toString();
    if (text === 'throw') throw new Error('in a listener');
    if (text === 'timer') setTimeout(() => { throw new Error('in a timer'); }, 10);
    if (text === 'tick') process.nextTick(() => { throw new Error('in a tick'); });
    ws.send('survived ' + text);
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => {
  ['timer', 'tick', 'throw', 'unheard'].forEach((text, i) => setTimeout(() => ws.send(text), 50 * i));
};
ws.onmessage = ({ data }) => console.log(data);
ws.onclose = ({ code }) => {
  console.log('terminated', code);
  const again = new WebSocket('ws://localhost:8080');
  again.onopen = () => again.send('fine');
  again.onmessage = ({ data }) => {
    console.log(data);
    again.close();
  };
};
`,
      },
    ],
  },
  {
    name: 'a client of Node handles what goes wrong with the handshake',
    server: `
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
const server = createServer((req, res) => res.writeHead(426, { 'Content-Type': 'text/plain' }).end('Upgrade required'));
const wss = new WebSocketServer({ noServer: true });
server.on('upgrade', (req, socket, head) => {
  if (req.url === '/silent') return;
  if (req.url === '/moved') {
    return socket.end('HTTP/1.1 302 Found\\r\\nLocation: /here\\r\\nConnection: close\\r\\n\\r\\n');
  }
  if (req.url === '/busy') {
    const body = 'try later';
    return socket.end('HTTP/1.1 503 Service Unavailable\\r\\nRetry-After: 2\\r\\nContent-Length: 9\\r\\nConnection: close\\r\\n\\r\\n' + body);
  }
  if (req.url === '/wrong') {
    return socket.end('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: x\\r\\n\\r\\n');
  }
  wss.handleUpgrade(req, socket, head, (ws) => ws.close(1000, req.url));
});
server.listen(8080);
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
import WebSocket from 'ws';

function visit(path, options) {
  const ws = new WebSocket('ws://localhost:8080' + path, options);
  return new Promise((resolve) => {
    ws.on('error', (error) => console.log(path, 'error', error.message));
    ws.on('redirect', (url) => console.log(path, 'redirect', url));
    ws.on('close', (code, reason) => resolve(console.log(path, 'close', code, reason.toString())));
  });
}
await visit('/silent', { handshakeTimeout: 60 });
await visit('/moved');
await visit('/moved', { followRedirects: true });
await visit('/wrong');
const busy = new WebSocket('ws://localhost:8080/busy');
busy.on('unexpected-response', (req, res) => {
  let body = '';
  res.on('data', (chunk) => (body += chunk));
  res.on('end', () => console.log(res.statusCode, res.headers['retry-after'], body));
});
try {
  new WebSocket('https//localhost');
} catch (error) {
  console.log(error.name, error.message);
}
`,
      },
    ],
  },
  {
    name: 'a server takes no more than two connections',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080, maxPayload: 1024 });
let served = 0;
wss.on('connection', (ws) => {
  if (wss.clients.size > 2) {
    ws.close(1013, 'Try again later');
    return;
  }
  ws.number = ++served;
  ws.send('you are ' + ws.number);
  ws.on('close', () => console.log('seat of', ws.number, 'is free, taken:', wss.clients.size));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const open = () =>
  new Promise((resolve) => {
    const ws = new WebSocket('ws://localhost:8080');
    ws.onmessage = ({ data }) => {
      console.log(data);
      resolve(ws);
    };
    ws.onclose = ({ code, reason }) => {
      console.log('closed', code, reason);
      resolve(null);
    };
  });
const closed = (ws) => new Promise((resolve) => ws.addEventListener('close', resolve));
(async () => {
  const first = await open();
  const second = await open();
  console.log((await open()) === null);
  first.close();
  await closed(first);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const third = await open();
  second.close();
  await closed(second);
  await new Promise((resolve) => setTimeout(resolve, 50));
  third.close();
})();
`,
      },
    ],
  },
];
