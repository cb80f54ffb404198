/** Who may connect: what the handshake says, or the first message. */
import type { TutorialProgram } from '../running/program.ts';

export const authentication: TutorialProgram[] = [
  {
    name: 'verifyClient, answering at once and later',
    server: `
const WebSocket = require('ws');
const wss = new WebSocket.Server({
  port: 8080,
  verifyClient: ({ origin, req, secure }, done) => {
    console.log(req.url, secure, typeof origin);
    if (req.url === '/open') return done(true);
    if (req.url === '/closed') return done(false, 403, 'Members only');
    setTimeout(() => done(req.url === '/slow', 401), 30);
  },
});
wss.on('connection', (ws, req) => ws.send('welcome to ' + req.url));
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
const WebSocket = require('ws');
async function visit(path) {
  const ws = new WebSocket('ws://localhost:8080' + path, { origin: 'http://example.com' });
  return new Promise((resolve) => {
    ws.on('message', (data) => {
      console.log(data.toString());
      ws.close();
    });
    ws.on('error', (error) => console.log(path, error.message));
    ws.on('close', (code) => resolve(code));
  });
}
(async () => {
  for (const path of ['/open', '/closed', '/slow', '/other']) console.log(await visit(path));
})();
`,
      },
    ],
  },
  {
    name: 'authentication by first message',
    server: `
import { WebSocketServer } from 'ws';
const wss = new WebSocketServer({ port: 8080 });
const users = { 'token-ada': 'Ada', 'token-bob': 'Bob' };

wss.on('connection', (ws) => {
  const deadline = setTimeout(() => ws.close(4001, 'Authentication timeout'), 250);
  ws.once('message', (raw) => {
    clearTimeout(deadline);
    let token;
    try {
      ({ token } = JSON.parse(raw));
    } catch {
      return ws.close(4002, 'Bad request');
    }
    const user = users[token];
    if (!user) return ws.close(4003, 'Unauthorized');
    ws.send(JSON.stringify({ authenticated: true, user }));
    ws.on('message', (data) => ws.send(user + ' says ' + data));
  });
  ws.on('close', () => clearTimeout(deadline));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const trial = (first, second) =>
  new Promise((resolve) => {
    const ws = new WebSocket('ws://localhost:8080');
    ws.onopen = () => {
      if (first) ws.send(first);
      if (second) ws.send(second);
    };
    ws.onmessage = ({ data }) => {
      console.log(data);
      if (data.includes('says')) ws.close(1000);
    };
    ws.onclose = ({ code, reason }) => resolve(code + ' ' + reason);
  });
(async () => {
  console.log(await trial('{"token":"token-ada"}', 'hello'));
  console.log(await trial('{"token":"stolen"}', 'hello'));
  console.log(await trial('let me in'));
  console.log(await trial());
})();
`,
      },
    ],
  },
  {
    name: 'a session by cookie, and other headers',
    server: `
const http = require('http');
const crypto = require('crypto');
const { WebSocketServer } = require('ws');
const sessions = new Map();

const server = http.createServer();
const wss = new WebSocketServer({ server });
const cookiesOf = (req) => Object.fromEntries((req.headers.cookie || '').split('; ').map((pair) => pair.split('=')));

wss.on('headers', (headers, req) => {
  headers.push('X-Greeting: hello ' + (req.headers['x-name'] || 'stranger'));
  if (req.url !== '/login') return;
  const id = crypto.randomBytes(8).toString('hex');
  sessions.set(id, { visits: 1 });
  headers.push('Set-Cookie: sid=' + id + '; HttpOnly');
});
wss.on('connection', (ws, req) => {
  if (req.url === '/login') return ws.close(1000, 'logged in');
  const session = sessions.get(cookiesOf(req).sid);
  if (!session) return ws.close(1008, 'no session');
  ws.send('visit ' + ++session.visits);
});
server.listen(8080);
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
const WebSocket = require('ws');
let cookie = 'sid=forged; theme=dark';

function visit(path, headers) {
  const ws = new WebSocket('ws://localhost:8080' + path, { headers });
  ws.on('upgrade', (res) => {
    console.log(res.statusCode, res.headers['x-greeting']);
    for (const set of res.headers['set-cookie'] || []) cookie = set.split(';')[0] + '; theme=dark';
  });
  ws.on('message', (data) => {
    console.log(data.toString());
    ws.close(1000);
  });
  return new Promise((resolve) => ws.on('close', (code, reason) => resolve(console.log(code, reason.toString()))));
}
(async () => {
  await visit('/', {});
  await visit('/', { Cookie: cookie });
  await visit('/login', { 'X-Name': 'Lin' });
  console.log(cookie.length);
  await visit('/', { Cookie: cookie, 'X-Name': 'Lin' });
  await visit('/', { Cookie: cookie });
})();
`,
      },
    ],
  },
];
