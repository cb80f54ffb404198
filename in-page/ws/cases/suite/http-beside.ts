/** HTTP beside WebSockets: a server of both, and noServer. */
import type { IncomingMessage } from '../../../node/http/incoming-message.ts';
import type { ServerResponse } from '../../../node/http/server-response.ts';
import type { NetSocket } from '../../../node/net/net-socket.ts';
import type { WebSocketBase } from '../../websocket.ts';
import { dial, serveNobody, watch } from '../running/programs.ts';
import type { WsCase, World } from '../running/world.ts';

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

/** Sends requests one after another on one connection; the last asks to close it. */
async function fetchRaw(world: World, requests: string[]): Promise<void> {
  const socket = world.raw();
  for (const request of requests) socket.write(request);
  await socket.closed;
  world.log(String(socket.received()));
}

const get = (path: string, fields = 'Connection: close\r\n'): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`;

const answers: [name: string, answer: Answer][] = [
  ['end alone', (_req, res) => void res.end()],
  ['a body in end', (_req, res) => void res.end('hello')],
  ['writeHead with fields', (_req, res) => void res.writeHead(201, { 'Content-Type': 'text/plain', 'X-A': 1 }).end('made')],
  ['writeHead with a phrase', (_req, res) => void res.writeHead(404, 'Nope').end('gone')],
  [
    'setHeader and chunks',
    (_req, res) => {
      res.statusCode = 202;
      res.setHeader('Content-Type', 'text/html; charset=utf-8');
      res.setHeader('Set-Cookie', ['a=1', 'b=2']);
      res.write('<p>');
      res.write('ü');
      res.end('</p>');
    },
  ],
  ['204', (_req, res) => void res.writeHead(204).end()],
  ['JSON', (_req, res) => void res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ a: 1 }))],
];

const httpServer = (world: World, answer: Answer) => {
  const server = world.http.createServer(answer);
  world.ready(server);
  return server.listen(world.port);
};

export const httpBeside: WsCase[] = [
  ...answers.map(([name, answer]): WsCase => ({
    name: `http answers with ${name}`,
    server: (world) => void httpServer(world, answer),
    client: (world) => fetchRaw(world, [get('/')]),
  })),
  {
    name: 'http: HEAD has no body',
    server: (world) => void httpServer(world, (_req, res) => void res.end('hello')),
    client: (world) => fetchRaw(world, ['HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n']),
  },
  {
    name: 'http: two requests on one connection',
    server: (world) => void httpServer(world, (req, res) => void res.end(req.url)),
    client: (world) => fetchRaw(world, [get('/one', ''), get('/two')]),
  },
  {
    name: 'http: HTTP/1.0 ends the connection',
    server: (world) => void httpServer(world, (_req, res) => void res.end('old')),
    client: (world) => fetchRaw(world, ['GET / HTTP/1.0\r\n\r\n']),
  },
  {
    name: 'http: no Host is a bad request',
    server: (world) => void httpServer(world, (_req, res) => void res.end('never')),
    client: (world) => fetchRaw(world, ['GET / HTTP/1.1\r\n\r\n']),
  },
  {
    name: 'http: a body by its length, by its events',
    server: (world) =>
      void httpServer(world, (req, res) => {
        let body = '';
        req.on('data', (bytes: Uint8Array) => (body += String(bytes)));
        req.on('end', () => res.end(`${req.method} ${body}`));
      }),
    client: (world) =>
      fetchRaw(world, ['POST /p HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 11\r\n\r\n', 'hello ', 'world']),
  },
  {
    name: 'http: a body in chunks, iterated over',
    server: (world) =>
      void httpServer(world, (req, res) => {
        void (async () => {
          let body = '';
          for await (const bytes of req) body += String(bytes);
          res.end(body);
        })();
      }),
    client: (world) =>
      fetchRaw(world, [
        'POST /p HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
        '1\r\n!\r\n0\r\n\r\n',
      ]),
  },
  {
    name: 'http: close ends connections that are idle',
    server: (world) =>
      new Promise((resolve) => {
        const server = httpServer(world, (_req, res) => {
          res.end('hello');
          world.after(30, () => {
            server.close((error) => world.log('closed', error ?? 'well'));
            world.log(server.listening, server.address());
            // Node would end it after five seconds all the same.
            world.after(500, () => {
              world.log('half a second later');
              resolve();
            });
          });
        });
      }),
    client: (world) => fetchRaw(world, [get('/', '')]),
  },
  {
    name: 'http: close waits for a response that is not finished',
    server: (world) =>
      new Promise((resolve) => {
        const server = httpServer(world, (_req, res) => {
          server.close(() => {
            world.log('closed');
            resolve();
          });
          world.after(30, () => {
            world.log('answers');
            res.end('late');
          });
        });
      }),
    client: (world) => fetchRaw(world, [get('/')]),
  },
  {
    name: 'http: headers after they were sent throw',
    server: (world) =>
      void httpServer(world, (_req, res) => {
        res.write('x');
        for (const act of [() => res.setHeader('A', '1'), () => res.writeHead(500), () => res.removeHeader('A')]) {
          try {
            act();
          } catch (error) {
            world.log(error);
          }
        }
        world.log(res.headersSent, res.writableEnded, res.statusCode);
        res.end();
        world.log(res.writableEnded);
      }),
    client: (world) => fetchRaw(world, [get('/')]),
  },
  {
    name: 'a WebSocket server answers plain HTTP with 426',
    server: (world) => serveNobody(world, {}),
    client: (world) => fetchRaw(world, [get('/')]),
  },
  {
    name: '{ server }: pages and WebSockets on one port',
    server: (world) => {
      const server = httpServer(world, (req, res) => void res.end(`page ${req.url}`));
      const wss = new world.WebSocket.Server({ server });
      return new Promise((resolve) => {
        wss.on('listening', () => world.log('listening', typeof (wss.address() as { port: number }).port));
        wss.on('connection', (ws: WebSocketBase) => {
          void watch(world, ws).then(resolve);
          ws.send('hello');
        });
      });
    },
    client: async (world) => {
      await fetchRaw(world, [get('/index.html')]);
      await dial(world, (ws) => ws.on('message', () => ws.close(1000)));
    },
  },
  {
    name: 'noServer: two servers by their paths, and a path of neither',
    server: (world) => {
      const [chat, game] = ['chat', 'game'].map(() => new world.WebSocket.WebSocketServer({ noServer: true }));
      const server = httpServer(world, (_req, res) => void res.end());
      server.on('upgrade', (req: IncomingMessage, socket: NetSocket, head: Buffer) => {
        const wss = { '/chat': chat, '/game': game }[req.url];
        world.log('upgrade', req.url, head.length);
        if (wss) wss.handleUpgrade(req, socket, head, (ws, request) => wss.emit('connection', ws, request));
        else socket.destroy();
      });
      return new Promise((resolve) => {
        chat?.on('connection', (ws: WebSocketBase) => ws.send('chat'));
        game?.on('connection', (ws: WebSocketBase) => {
          ws.send('game');
          ws.on('close', () => resolve());
        });
      });
    },
    client: async (world) => {
      await dial(world, () => undefined, {}, '/none');
      await dial(world, (ws) => ws.on('message', () => ws.close()), {}, '/chat');
      await dial(world, (ws) => ws.on('message', () => ws.close()), {}, '/game');
    },
  },
  {
    name: 'noServer: a refusal written by hand',
    server: (world) => {
      const server = httpServer(world, (_req, res) => void res.end());
      server.on('upgrade', (_req: unknown, socket: NetSocket) => {
        socket.write('HTTP/1.1 401 Unauthorized\r\n\r\n');
        socket.destroy();
      });
    },
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'handleUpgrade twice with one socket throws',
    server: (world) => {
      const wss = new world.WebSocket.WebSocketServer({ noServer: true });
      const server = httpServer(world, (_req, res) => void res.end());
      return new Promise((resolve) => {
        server.on('upgrade', (req: IncomingMessage, socket: NetSocket, head: Buffer) => {
          wss.handleUpgrade(req, socket, head, (ws) => {
            void watch(world, ws).then(resolve);
            try {
              wss.handleUpgrade(req, socket, head, () => undefined);
            } catch (error) {
              world.log(error);
            }
            ws.close();
          });
        });
      });
    },
    client: (world) => dial(world, () => undefined),
  },
];
