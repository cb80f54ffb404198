/** Which requests become WebSockets, and what the others are told. */
import type { IncomingMessage } from '../../../node/http/incoming-message.ts';
import type { NetSocket } from '../../../node/net/net-socket.ts';
import type { ServerOptions } from '../../server/server-options.ts';
import type { WebSocketBase } from '../../websocket.ts';
import { dial, requestHead, serve, serveNobody, watch } from '../running/programs.ts';
import type { WsCase, World } from '../running/world.ts';

/** Sends a head, and logs the answer up to the end of the connection. */
async function ask(world: World, head: string): Promise<void> {
  const socket = world.raw();
  socket.write(head);
  await socket.closed;
  world.log(String(socket.received()));
}

const refused: [name: string, head: string, options?: ServerOptions][] = [
  ['of another method', requestHead({}, 'POST / HTTP/1.1')],
  ['to upgrade to something else', requestHead({ Upgrade: 'h2c' })],
  ['without a key', requestHead({ 'Sec-WebSocket-Key': undefined })],
  ['with a bad key', requestHead({ 'Sec-WebSocket-Key': 'short' })],
  ['without a version', requestHead({ 'Sec-WebSocket-Version': undefined })],
  ['of version 7', requestHead({ 'Sec-WebSocket-Version': '7' })],
  ['for another path', requestHead({}, 'GET /there HTTP/1.1'), { path: '/here' }],
  ['that verifyClient refuses', requestHead(), { verifyClient: () => false }],
  ['that verifyClient refuses later', requestHead(), { verifyClient: (_info, verified) => verified(false) }],
  ['refused with a code', requestHead(), { verifyClient: (_info, verified) => verified(false, 403) }],
  ['refused with a code and a name', requestHead(), { verifyClient: (_info, verified) => verified(false, 429, 'Slow down') }],
  [
    'refused with headers',
    requestHead(),
    { verifyClient: (_info, verified) => verified(false, 401, 'Who?', { 'WWW-Authenticate': 'Basic' }) },
  ],
];

const taken: [name: string, path: string, options: ServerOptions][] = [
  ['for the path', '/here', { path: '/here' }],
  ['for the path, with a query', '/here?a=1', { path: '/here' }],
  ['for any path', '/any/where?x', {}],
  ['that verifyClient takes', '/', { verifyClient: () => true }],
  ['that verifyClient takes later', '/', { verifyClient: (_info, verified) => verified(true) }],
];

const clientRefused: [name: string, options: ServerOptions][] = [
  ['with 400', { path: '/elsewhere' }],
  ['with 401', { verifyClient: () => false }],
  ['with 403', { verifyClient: (_info, verified) => verified(false, 403, 'No') }],
];

export const upgrades: WsCase[] = [
  ...refused.map(([name, head, options = {}]): WsCase => ({
    name: `a request ${name}`,
    server: (world) => serveNobody(world, options),
    client: (world) => ask(world, head),
  })),
  ...taken.map(([name, path, options]): WsCase => ({
    name: `a request ${name} is taken`,
    server: (world) =>
      serve(world, options, (ws, req) => {
        world.log(req.url, req.method, req.httpVersion);
        ws.close();
      }),
    client: (world) => dial(world, () => undefined, {}, path),
  })),
  ...clientRefused.map(([name, options]): WsCase => ({
    name: `a client is refused ${name}`,
    server: (world) => serveNobody(world, options),
    client: (world) => dial(world, () => undefined),
  })),
  {
    name: 'what verifyClient is given',
    server: (world) =>
      serve(
        world,
        {
          verifyClient: ({ origin, secure, req }: { origin: string | undefined; secure: boolean; req: IncomingMessage }) => {
            world.log(origin, secure, req.url, req.headers['user-agent']);
            return true;
          },
        },
        (ws) => ws.close(),
      ),
    client: (world) => dial(world, () => undefined, { origin: 'http://example.com', headers: { 'User-Agent': 'case' } }, '/v'),
  },
  {
    name: 'unexpected-response instead of an error',
    server: (world) => serveNobody(world, { verifyClient: (_info, verified) => verified(false, 418, 'short and stout') }),
    client: (world) =>
      new Promise((resolve) => {
        const ws = new world.WebSocket(`ws://127.0.0.1:${world.port}`);
        void watch(world, ws);
        ws.on('unexpected-response', (_req: unknown, res: IncomingMessage) => {
          world.log(res.statusCode, res.statusMessage, res.headers['content-type'], ws.readyState);
          let body = '';
          res.on('data', (bytes: Uint8Array) => (body += String(bytes)));
          res.on('end', () => {
            world.log(body);
            resolve();
          });
        });
      }),
  },
  {
    name: 'wsClientError in place of a refusal',
    server: (world) => {
      const wss = new world.WebSocket.WebSocketServer({ port: world.port });
      world.ready(wss);
      wss.on('wsClientError', (error: unknown, socket: NetSocket, req: IncomingMessage) => {
        world.log(error, req.url);
        socket.end('HTTP/1.1 400 My own words\r\n\r\n');
      });
    },
    client: (world) => ask(world, requestHead({ 'Sec-WebSocket-Key': 'short' }, 'GET /x HTTP/1.1')),
  },
  {
    name: 'the headers event changes the answer',
    server: (world) => {
      const wss = new world.WebSocket.WebSocketServer({ port: world.port });
      world.ready(wss);
      wss.on('headers', (headers: string[], req: IncomingMessage) => {
        world.log(headers, req.url);
        headers.push('Set-Cookie: a=1');
      });
      return new Promise((resolve) => {
        wss.on('connection', (ws: WebSocketBase) => {
          void watch(world, ws).then(resolve);
          ws.close();
        });
      });
    },
    client: async (world) => {
      const socket = world.raw();
      socket.write(requestHead());
      await socket.until('\r\n\r\n');
      world.log(String(socket.received()).split('\r\n\r\n')[0]);
      socket.end();
      await socket.closed;
    },
  },
  {
    name: 'what the request of a connection tells',
    server: (world) =>
      serve(world, {}, (ws, req) => {
        world.log(req.method, req.url, req.httpVersion, req.headers);
        world.log(req.rawHeaders);
        world.log(req.socket.remoteAddress, typeof req.socket.remotePort, req.socket.remoteFamily, req.complete);
        world.log(ws.url, ws.protocol, ws.extensions, ws.binaryType);
        ws.close();
      }),
    client: async (world) => {
      const socket = world.raw();
      socket.write(
        requestHead({ Cookie: 'a=1', 'X-Twice': 'one', 'x-twice': 'two', Origin: 'http://here' }, 'GET /r?q=1 HTTP/1.1'),
      );
      await socket.until('\r\n\r\n');
      socket.end();
      await socket.closed;
    },
  },
  {
    name: 'what a client asks, without an offer to compress',
    server: (world) =>
      serve(world, {}, (ws, req) => {
        world.log(
          req.url,
          req.rawHeaders.filter((_, i) => i % 2 === 0),
        );
        const { 'sec-websocket-key': key, ...rest } = req.headers;
        world.log(String(key).length, rest);
        ws.close();
      }),
    client: (world) =>
      dial(
        world,
        (ws) => world.log(ws.url),
        { perMessageDeflate: false, origin: 'http://o', headers: { 'X-Own': 'mine' }, protocols: ['a'] },
        '/some/path?and=query',
      ),
  },
  {
    name: 'a client offers to compress by default',
    differs: 'The page’s library never compresses, and offers no extension.',
    server: (world) =>
      serve(world, {}, (ws, req) => {
        world.log(req.headers['sec-websocket-extensions']);
        ws.close();
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'perMessageDeflate on both ends',
    differs: 'The page’s library never compresses: extensions stays empty.',
    server: (world) =>
      serve(world, { perMessageDeflate: true }, (ws) => {
        ws.send('compressed, perhaps');
        ws.close();
      }),
    client: (world) => dial(world, () => undefined),
  },
];
