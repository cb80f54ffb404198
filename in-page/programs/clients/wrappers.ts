/** Wrappers that answers and courses put around a client. */
import type { TutorialProgram } from '../running/program.ts';

export const wrappers: TutorialProgram[] = [
  {
    name: 'an async iterator around a client',
    server: `
import { WebSocketServer } from 'ws';
const wss = new WebSocketServer({ port: 8080 });
wss.on('connection', (ws) => {
  for (let i = 1; i <= 3; i++) ws.send('burst ' + i);
  setTimeout(() => ws.send('later'), 20);
  setTimeout(() => ws.close(1000, 'that was all'), 40);
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
async function* messagesOf(ws) {
  const queue = [];
  let wake = () => {};
  let closed = false;
  ws.addEventListener('message', ({ data }) => {
    queue.push(data);
    wake();
  });
  ws.addEventListener('close', () => {
    closed = true;
    wake();
  });
  while (!closed || queue.length > 0) {
    if (queue.length > 0) yield queue.shift();
    else await new Promise((resolve) => (wake = resolve));
  }
}

async function main() {
  for await (const message of messagesOf(new WebSocket('ws://localhost:8080'))) console.log(message);
  console.log('the loop is over');
  const ws = new WebSocket('ws://localhost:8080');
  for await (const message of messagesOf(ws)) {
    console.log('only', message);
    break;
  }
  ws.close();
}
main();
`,
      },
    ],
  },
  {
    name: 'a connection as a promise',
    server: `
const WebSocket = require('ws');
const wss = new WebSocket.Server({ port: 8080, verifyClient: ({ req }) => req.url !== '/refused' });
wss.on('connection', (ws) => ws.on('message', (data) => ws.send(data.toString().split('').reverse().join(''))));
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
function connect(url) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onopen = () => resolve(socket);
    socket.onerror = () => reject(new Error('could not connect'));
  });
}
function ask(socket, question) {
  socket.send(question);
  return new Promise((resolve) => socket.addEventListener('message', (e) => resolve(e.data), { once: true }));
}
connect('ws://localhost:8080')
  .then(async (socket) => {
    console.log(await ask(socket, 'stressed'), await ask(socket, 'live'));
    socket.close();
    return connect('ws://localhost:8080/refused');
  })
  .catch((error) => console.log(error.message))
  .finally(() => console.log('finally'));
`,
      },
    ],
  },
  {
    name: 'events.once and events.on',
    server: `
const { once } = require('node:events');
const { WebSocketServer } = require('ws');

async function main() {
  const wss = new WebSocketServer({ port: 8080 });
  await once(wss, 'listening');
  console.log('listening');
  const [ws, request] = await once(wss, 'connection');
  console.log('connection', request.method);
  const [data, isBinary] = await once(ws, 'message');
  console.log(data.toString(), isBinary);
  for (const n of [1, 2, 3]) ws.send('message ' + n);
  const [code] = await once(ws, 'close');
  console.log('close', code);
}
main();
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
import { on, once } from 'node:events';
import WebSocket from 'ws';

const ws = new WebSocket('ws://localhost:8080');
await once(ws, 'open');
ws.send('hello');
const controller = new AbortController();
try {
  for await (const [data] of on(ws, 'message', { signal: controller.signal })) {
    console.log(data.toString());
    if (data.toString().endsWith('3')) controller.abort();
  }
} catch (error) {
  console.log(error.name, error.code);
}
ws.close(4321);
const [code, reason] = await once(ws, 'close');
console.log(code, reason.length);

const nowhere = new WebSocket('ws://localhost:1/');
await once(nowhere, 'open').catch((error) => console.log(error.code));
`,
      },
    ],
  },
  {
    name: 'ws has the listeners of browsers too',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
wss.on('connection', (ws) => {
  ws.addEventListener('message', ({ data, type, target }) => {
    console.log(type, typeof data, target === ws);
    ws.send(data);
    ws.send(new Uint8Array([7, 8, 9]));
  });
  ws.onclose = ({ code, wasClean }) => console.log(code, wasClean);
});
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
const WebSocket = require('ws');
const ws = new WebSocket('ws://localhost:8080');
ws.binaryType = 'arraybuffer';
ws.onopen = function () {
  console.log(this === ws, ws.readyState === ws.OPEN);
  ws.send('both worlds');
};
ws.addEventListener('message', once, { once: true });
function once(event) {
  console.log('once', event.data);
}
ws.onmessage = (event) => {
  console.log(event.data);
  if (typeof event.data !== 'string') ws.close(1000, 'ok');
};
ws.onclose = (event) => console.log(event.type, event.code, event.reason, event.wasClean);
`,
      },
    ],
  },
];
