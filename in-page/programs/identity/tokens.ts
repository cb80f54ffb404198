/** Tokens where a browser can put them: its WebSocket takes no headers. */
import type { TutorialProgram } from '../running/program.ts';

export const tokens: TutorialProgram[] = [
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
];
