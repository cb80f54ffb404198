/** Who may connect, and as whom. */
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
  const deadline = setTimeout(() => ws.close(4001, 'Authentication timeout'), 100);
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
    name: 'authentication by a token in the query',
    server: `
const { createServer } = require('http');
const { WebSocketServer } = require('ws');
const server = createServer();
const wss = new WebSocketServer({ noServer: true });
const tokens = new Map([['s3cret', { id: 7, name: 'Grace' }]]);

function authenticate(request, next) {
  const token = new URL(request.url, 'http://' + request.headers.host).searchParams.get('token');
  setImmediate(() => (tokens.has(token) ? next(null, tokens.get(token)) : next(new Error('unknown token ' + token))));
}

server.on('upgrade', (request, socket, head) => {
  socket.on('error', console.error);
  authenticate(request, (err, user) => {
    if (err) {
      console.log(err.message);
      socket.write('HTTP/1.1 401 Unauthorized\\r\\n\\r\\n');
      socket.destroy();
      return;
    }
    wss.handleUpgrade(request, socket, head, (ws) => wss.emit('connection', ws, request, user));
  });
});
wss.on('connection', (ws, request, user) => {
  ws.on('message', (data) => console.log('%s from user %d (%s)', data, user.id, user.name));
});
server.listen(8080);
`,
    clients: [
      {
        name: 'browser',
        on: 'browser',
        code: `
const bad = new WebSocket('ws://localhost:8080/?token=guess');
bad.onopen = () => console.log('open?');
bad.onclose = ({ code }) => {
  console.log('refused', code);
  const good = new WebSocket('ws://localhost:8080/?token=s3cret');
  good.onopen = () => {
    good.send('hello');
    good.close();
  };
  good.onclose = ({ code }) => console.log('done', code);
};
`,
      },
      {
        name: 'node',
        on: 'node',
        after: { program: 'browser', prints: 'done 1005' },
        code: `
const WebSocket = require('ws');
const ws = new WebSocket('ws://localhost:8080/?token=');
ws.on('unexpected-response', (request, response) => {
  console.log(response.statusCode, response.statusMessage);
  request.destroy();
});
ws.on('error', (error) => console.log(error.message));
`,
      },
    ],
    differs: {
      why: 'The WebSocket of Node asks once more after a 401, though the answer names no way to authenticate; browsers ask once.',
      inPage: { server: ['unknown token guess', 'hello from user 7 (Grace)', 'unknown token '] },
    },
  },
  {
    name: 'authentication by Sec-WebSocket-Protocol',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({
  port: 8080,
  handleProtocols: (protocols) => (protocols.has('access_token') ? 'access_token' : false),
});
wss.on('connection', (ws, req) => {
  const [name, token] = (req.headers['sec-websocket-protocol'] || '').split(',').map((part) => part.trim());
  console.log(JSON.stringify(name), token);
  if (name !== 'access_token' || token !== 'eyJhbGciOi.J9') return ws.close(4401, 'bad token');
  ws.send('hello, ' + token.length);
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
function connect(protocols) {
  return new Promise((resolve) => {
    const ws = new WebSocket('ws://localhost:8080', protocols);
    ws.onopen = () => console.log('protocol', JSON.stringify(ws.protocol));
    ws.onmessage = ({ data }) => {
      console.log(data);
      ws.close(1000);
    };
    ws.onclose = ({ code, reason }) => {
      console.log(code, reason);
      resolve();
    };
  });
}
connect(['access_token', 'eyJhbGciOi.J9'])
  .then(() => connect(['access_token', 'expired']))
  .then(() => connect([]));
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
