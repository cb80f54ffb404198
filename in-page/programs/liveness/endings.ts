/** Servers that end connections, or themselves. */
import type { TutorialProgram } from '../running/program.ts';

export const endings: TutorialProgram[] = [
  {
    name: 'a server closes all clients on shutdown',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });

function shutdown() {
  console.log('shutting down', wss.clients.size);
  for (const client of wss.clients) client.close(1001, 'Server shutdown');
  wss.close((error) => console.log('closed', error === undefined));
}

wss.on('connection', (ws) => {
  ws.send('welcome');
  ws.on('message', (data) => {
    if (data.toString() === 'shutdown') shutdown();
  });
});
wss.on('close', () => console.log('event close'));
`,
    clients: [
      {
        name: 'guest',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onmessage = ({ data }) => console.log(data);
ws.onclose = ({ code, reason, wasClean }) => console.log(code, reason, wasClean);
`,
      },
      {
        name: 'admin',
        on: 'node',
        after: { program: 'guest', prints: 'welcome' },
        code: `
const WebSocket = require('ws');
const ws = new WebSocket('ws://localhost:8080');
ws.on('message', () => ws.send('shutdown'));
ws.on('close', (code, reason) => {
  console.log(code, reason.toString());
  const again = new WebSocket('ws://localhost:8080');
  again.on('error', (error) => console.log(error.code));
});
`,
      },
    ],
  },
  {
    name: 'shutdown, and those who do not go are terminated',
    server: `
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
const server = createServer();
const wss = new WebSocketServer({ server });

wss.on('connection', (ws) => {
  ws.on('close', (code) => console.log('close', code));
  ws.on('message', () => {
    wss.close();
    server.close(() => {
      console.log('http closed');
      process.exit(0);
    });
    wss.clients.forEach((client) => client.close());
    setTimeout(() => {
      wss.clients.forEach((client) => {
        if ([client.OPEN, client.CLOSING].includes(client.readyState)) {
          console.log('terminating one');
          client.terminate();
        }
      });
    }, 100);
  });
});
process.on('exit', (code) => console.log('exit', code));
server.listen(8080);
`,
    clients: [
      {
        name: 'stubborn',
        on: 'node',
        code: `
import WebSocket from 'ws';
const ws = new WebSocket('ws://localhost:8080');
ws.on('open', () => {
  ws.send('please shut down');
  ws.pause();
  setTimeout(() => ws.resume(), 280);
});
ws.on('close', (code) => console.log('close', code));
`,
      },
    ],
  },
  {
    name: 'idle connections are closed',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
const IDLE = 250;

wss.on('connection', (ws) => {
  const idle = setTimeout(() => ws.close(4008, 'idle'), IDLE);
  ws.on('message', (data) => {
    idle.refresh();
    ws.send('ok ' + data);
  });
  ws.on('close', () => clearTimeout(idle));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
let sent = 0;
const timer = setInterval(() => {
  if (sent === 4) return clearInterval(timer);
  ws.send(++sent);
}, 50);
ws.onmessage = ({ data }) => console.log(data);
ws.onclose = ({ code, reason }) => console.log(code, reason, 'after', sent);
`,
      },
    ],
  },
];
