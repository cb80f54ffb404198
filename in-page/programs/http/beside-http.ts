/** A WebSocket server beside a server for HTTP. */
import type { TutorialProgram } from '../running/program.ts';

export const besideHttp: TutorialProgram[] = [
  {
    name: 'noServer with two paths',
    server: `
import { createServer } from 'http';
import { WebSocketServer } from 'ws';

const server = createServer();
const wss1 = new WebSocketServer({ noServer: true });
const wss2 = new WebSocketServer({ noServer: true });

wss1.on('connection', function connection(ws) {
  ws.on('error', console.error);
  ws.send('this is foo');
});
wss2.on('connection', function connection(ws, request, user) {
  ws.on('error', console.error);
  ws.send('this is bar for ' + user);
});

server.on('upgrade', function upgrade(request, socket, head) {
  const { pathname, searchParams } = new URL(request.url, 'wss://base.url');
  console.log('upgrade', pathname);
  if (pathname === '/foo') {
    wss1.handleUpgrade(request, socket, head, function done(ws) {
      wss1.emit('connection', ws, request);
    });
  } else if (pathname === '/bar') {
    wss2.handleUpgrade(request, socket, head, (ws) => wss2.emit('connection', ws, request, searchParams.get('user')));
  } else {
    socket.destroy();
  }
});

server.listen(8080);
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const visit = (path) =>
  new Promise((resolve) => {
    const ws = new WebSocket('ws://localhost:8080' + path);
    ws.onmessage = ({ data }) => {
      console.log(path, data);
      ws.close();
    };
    ws.onerror = () => console.log(path, 'error');
    ws.onclose = resolve;
  });
visit('/foo')
  .then(() => visit('/bar?user=me'))
  .then(() => visit('/baz'))
  .then(({ code }) => console.log(code));
`,
      },
    ],
  },
  {
    name: 'a WebSocket server with { server } beside http.createServer',
    server: `
const http = require('http');
const WebSocket = require('ws');

const server = http.createServer((req, res) => {
  if (req.method === 'GET' && req.url === '/') {
    res.writeHead(200, { 'Content-Type': 'text/html' });
    res.end('<h1>Visitors: ' + visitors + '</h1>');
  } else {
    res.statusCode = 404;
    res.end('Not found');
  }
});
const wss = new WebSocket.Server({ server, path: '/live' });
let visitors = 0;

wss.on('connection', (ws) => {
  visitors++;
  ws.send(String(visitors));
});

server.listen(8080, () => console.log('Server started on port 8080'));
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
async function page(path) {
  const response = await fetch('http://localhost:8080' + path);
  console.log(response.status, response.headers.get('content-type'), await response.text());
}
function connect(path) {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket('ws://localhost:8080' + path);
    ws.onmessage = (event) => {
      ws.close();
      resolve(event.data);
    };
    ws.onerror = () => reject(new Error('no WebSocket at ' + path));
  });
}
(async () => {
  await page('/');
  console.log('visitor', await connect('/live'));
  console.log('visitor', await connect('/live'));
  await page('/');
  await page('/favicon.ico');
  await connect('/elsewhere').catch((error) => console.log(error.message));
})();
`,
      },
    ],
  },
  {
    name: 'express with a page and a socket',
    needs: 'express',
    server: `
const express = require('express');
const http = require('http');
const WebSocket = require('ws');
const path = require('path');

const app = express();
app.use(express.json());
app.use(express.static(path.join(__dirname, 'public')));

const messages = [];
app.get('/api/messages', (req, res) => res.json(messages));
app.get('/api/messages/:id', (req, res) => {
  const message = messages[req.params.id];
  if (!message) return res.status(404).json({ error: 'no message ' + req.params.id });
  res.json(message);
});
app.post('/api/messages', (req, res) => {
  messages.push(req.body);
  wss.clients.forEach((client) => client.send(JSON.stringify(req.body)));
  res.status(201).location('/api/messages/' + (messages.length - 1)).json({ id: messages.length - 1 });
});

const server = http.createServer(app);
const wss = new WebSocket.Server({ server });
wss.on('connection', (ws, req) => console.log('socket on', req.url));

server.listen(process.env.PORT || 8080, () => console.log('ready'));
`,
    files: {
      'public/index.html': '<!doctype html>\n<title>Chat</title>\n<script src="chat.js"></script>\n',
      'public/chat.js': 'const ws = new WebSocket(`ws://${location.host}`);\n',
    },
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const base = 'http://localhost:8080';
async function show(path, init) {
  const response = await fetch(base + path, init);
  const text = await response.text();
  console.log(response.status, response.headers.get('content-type'), text.trim());
  return response;
}
const ws = new WebSocket('ws://localhost:8080/');
ws.onmessage = ({ data }) => {
  console.log('pushed', JSON.parse(data));
  ws.close();
};
ws.onopen = async () => {
  await show('/');
  await show('/chat.js');
  await show('/api/messages');
  const response = await show('/api/messages', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ from: 'ann', text: 'hi' }),
  });
  console.log(response.headers.get('location'));
  await show('/api/messages/0');
  await show('/api/messages/7');
  const missing = await fetch(base + '/nothing');
  console.log(missing.status, missing.statusText);
};
`,
      },
    ],
  },
  {
    name: 'a webhook by POST is pushed to sockets',
    server: `
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const server = createServer(async (req, res) => {
  if (req.method !== 'POST' || req.url !== '/hook') {
    res.writeHead(405, { Allow: 'POST' }).end();
    return;
  }
  let body = '';
  for await (const chunk of req) body += chunk;
  let reached = 0;
  for (const client of wss.clients) {
    client.send(body);
    reached++;
  }
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ reached, bytes: Buffer.byteLength(body), type: req.headers['content-type'] }));
});
const wss = new WebSocketServer({ server });
server.listen(8080);
`,
    clients: [
      {
        name: 'dashboard',
        on: 'node',
        code: `
import WebSocket from 'ws';
const ws = new WebSocket('ws://localhost:8080/dashboard');
ws.on('open', () => console.log('open'));
ws.on('message', (data, isBinary) => {
  console.log(data.toString(), isBinary);
  ws.close();
});
`,
      },
      {
        name: 'hook',
        on: 'browser',
        after: { program: 'dashboard', prints: 'open' },
        code: `
(async () => {
  const refused = await fetch('http://localhost:8080/hook');
  console.log(refused.status, refused.headers.get('allow'), refused.ok);
  const form = new URLSearchParams({ event: 'push', branch: 'main & more' });
  const response = await fetch('http://localhost:8080/hook', { method: 'POST', body: form });
  console.log(await response.json());
})();
`,
      },
    ],
  },
];
