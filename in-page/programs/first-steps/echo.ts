/** The first program of nearly every tutorial: a server that says back what it hears. */
import type { TutorialProgram } from '../running/program.ts';

export const echo: TutorialProgram[] = [
  {
    name: 'echo with addEventListener',
    server: `
const WebSocket = require('ws');
const server = new WebSocket.Server({ port: 8080 });

server.on('connection', (socket) => {
  console.log('Client connected');
  socket.on('message', (message) => {
    console.log(\`Received: \${message}\`);
    socket.send(\`Server received: \${message}\`);
  });
  socket.on('close', () => console.log('Client disconnected'));
});

console.log('WebSocket server is running on ws://localhost:8080');
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const socket = new WebSocket('ws://localhost:8080');

socket.addEventListener('open', (event) => {
  console.log('Connected:', event.type, socket.readyState === WebSocket.OPEN);
  socket.send('Hello Server!');
});

socket.addEventListener('message', (event) => {
  console.log('Message from server:', event.data);
  socket.close();
});

socket.addEventListener('close', (event) => {
  console.log('Closed', event.code, event.wasClean);
});
`,
      },
    ],
  },
  {
    name: 'echo with onopen and onmessage, as modules',
    server: `
import { WebSocketServer } from 'ws';

const wss = new WebSocketServer({ port: 8080 });

wss.on('connection', function connection(ws, request) {
  console.log('connection on %s', request.url);
  ws.on('error', console.error);
  ws.on('message', function message(data, isBinary) {
    console.log('received: %s', data, isBinary);
    ws.send(data, { binary: isBinary });
  });
  ws.send('something');
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
let ws = new WebSocket('ws://localhost:8080/echo?lang=en');
let heard = 0;
console.log('state', ws.readyState, ws.url);

ws.onopen = function () {
  console.log('onopen');
  for (const text of ['one', 'zwei drei', '', '日本語 👋']) ws.send(text);
};
ws.onmessage = function (e) {
  console.log('onmessage', typeof e.data, e.data.length, e.data);
  heard += 1;
  if (heard === 5) ws.close(1000, 'done');
};
ws.onerror = function () {
  console.log('onerror');
};
ws.onclose = function (e) {
  console.log('onclose', e.code, e.reason, e.wasClean, ws.readyState);
};
`,
      },
    ],
  },
  {
    name: 'a client of Node, with ws',
    server: `
const { WebSocketServer } = require('ws');

const wss = new WebSocketServer({ port: 8080 }, () => console.log('listening'));

wss.on('connection', (ws) => {
  ws.on('message', (data) => {
    const text = data.toString();
    ws.send(text.toUpperCase());
  });
  ws.once('close', (code, reason) => console.log('closed', code, reason.toString()));
});
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
const WebSocket = require('ws');

const ws = new WebSocket('ws://localhost:8080/');
const words = ['alpha', 'beta', 'gamma'];

ws.on('open', function open() {
  console.log('connected to', ws.url);
  ws.send(words.shift());
});

ws.on('message', function incoming(data) {
  console.log(Buffer.isBuffer(data), data.toString());
  const next = words.shift();
  if (next) ws.send(next);
  else ws.close(1000, 'no more words');
});

ws.on('close', (code, reason) => {
  console.log('disconnected', code, String(reason));
});
ws.on('error', (error) => console.error(error.message));
`,
      },
    ],
  },
];
