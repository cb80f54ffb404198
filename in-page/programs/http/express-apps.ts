/** Sockets on the server of an express app, and chats that need none. */
import type { TutorialProgram } from '../running/program.ts';

export const expressApps: TutorialProgram[] = [
  {
    name: 'express with a router, middleware and errors, and sockets on app.listen',
    needs: 'express',
    server: `
import express from 'express';
import { WebSocketServer } from 'ws';

const app = express();
const log = [];
app.use((req, res, next) => {
  log.push(req.method + ' ' + req.originalUrl);
  next();
});
app.use(express.urlencoded({ extended: false }));

const api = express.Router();
api.use('/rooms/:room', (req, res, next) => {
  req.room = req.params.room.toLowerCase();
  next();
});
api.get('/rooms/:room', (req, res) => res.send({ room: req.room, q: req.query.q ?? null, members: wss.clients.size }));
api.post('/rooms/:room', (req, res) => res.status(202).send('posted ' + req.body.text + ' to ' + req.room));
api.get('/broken', () => {
  throw new Error('on purpose');
});
api.get('/later', async () => {
  throw Object.assign(new Error('later'), { status: 503 });
});
app.use('/api', api);
app.get('/old', (req, res) => res.redirect('/api/rooms/New?q=1'));
app.get('/log', (req, res) => res.type('text').send(log.join(', ')));
app.use((req, res) => res.sendStatus(404));
app.use((err, req, res, next) => {
  console.log('failed:', err.message);
  res.status(err.status || 500).json({ error: err.message });
});

const wss = new WebSocketServer({ server: app.listen(8080) });
wss.on('connection', (ws) => ws.send('connected'));
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
async function show(path, init) {
  const response = await fetch('http://localhost:8080' + path, init);
  const type = response.headers.get('content-type').split(';')[0];
  console.log(response.status, type, await response.text(), response.redirected);
}
const ws = new WebSocket('ws://localhost:8080');
ws.onmessage = async ({ data }) => {
  console.log(data);
  await show('/api/rooms/Lobby');
  await show('/api/rooms/Lobby', { method: 'POST', body: new URLSearchParams({ text: 'a b' }) });
  await show('/old');
  await show('/api/broken');
  await show('/api/later');
  await show('/nowhere');
  await show('/log');
  ws.close();
};
`,
      },
    ],
  },
  {
    name: 'a chat by EventSource and POST',
    server: `
const http = require('node:http');
const listeners = new Set();
let id = 0;

http
  .createServer((req, res) => {
    if (req.url === '/stream') {
      res.writeHead(200, { 'Content-Type': 'text/event-stream', Connection: 'keep-alive' });
      res.write('event: hello\\ndata: ' + listeners.size + '\\n\\n');
      listeners.add(res);
      res.on('close', () => listeners.delete(res));
      return;
    }
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => {
      const { from, text } = JSON.parse(Buffer.concat(chunks).toString());
      const lines = text.split('\\n').map((line) => 'data: ' + from + ': ' + line);
      for (const listener of listeners) listener.write('id: ' + ++id + '\\n' + lines.join('\\n') + '\\n\\n');
      res.writeHead(204);
      res.end();
    });
  })
  .listen(8080);
`,
    clients: [
      {
        name: 'reader',
        on: 'browser',
        code: `
const source = new EventSource('http://localhost:8080/stream');
source.addEventListener('hello', ({ data }) => console.log('hello, other readers:', data));
source.onmessage = ({ data, lastEventId, origin }) => {
  console.log(lastEventId, origin, JSON.stringify(data));
  if (data.includes('bye')) source.close();
};
`,
      },
      {
        name: 'writer',
        on: 'browser',
        after: { program: 'reader', prints: 'hello, other readers: 0' },
        code: `
(async () => {
  for (const text of ['hi', 'two\\nlines', 'ünïcode', 'bye']) {
    const init = { method: 'POST', body: JSON.stringify({ from: 'wim', text }) };
    const { status, statusText, body } = await fetch('http://localhost:8080/say', init);
    console.log(status, statusText, body);
  }
})();
`,
      },
    ],
  },
  {
    name: 'a long poll is aborted, and times out',
    server: `
const http = require('http');
http
  .createServer((req, res) => {
    if (req.url === '/now') return res.end('now');
    req.on('close', () => console.log('gone from', req.url, res.writableEnded));
  })
  .listen(8080);
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const get = (path, signal) => fetch('http://localhost:8080' + path, { signal }).then((response) => response.text());
(async () => {
  console.log(await get('/now'));
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 40);
  await get('/one', controller.signal).catch((error) => console.log(error.name, controller.signal.aborted));
  await get('/two', AbortSignal.timeout(40)).catch((error) => console.log(error.name));
  await get('/three', AbortSignal.abort(new Error('never mind'))).catch((error) => console.log(error.message));
  const reason = new AbortController();
  setTimeout(() => reason.abort('bored'), 20);
  await get('/four', reason.signal).catch((error) => console.log(error));
  const any = AbortSignal.any([new AbortController().signal, reason.signal]);
  await get('/five', any).catch((error) => console.log('any', error));
  console.log(await get('/now', new AbortController().signal));
  await get(':1').catch((error) => console.log(error.name));
})();
`,
      },
    ],
  },
];
