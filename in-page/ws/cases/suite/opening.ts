/** Clients that do not open, or open in a way of their own; and errors that nobody listens for. */
import { attempt, connect, dial, openRaw, serve, serveNobody, urlOf, watch } from '../running/programs.ts';
import type { WsCase } from '../running/world.ts';

const badAddresses: [name: string, address: string][] = [
  ['no URL', 'nonsense'],
  ['ftp', 'ftp://127.0.0.1/'],
  ['a fragment', 'ws://127.0.0.1/#part'],
  ['an empty string', ''],
];
const throwing = (text: string): never => {
  throw new Error(text);
};

export const opening: WsCase[] = [
  ...badAddresses.map(([name, address]): WsCase => ({
    name: `an address with ${name} throws`,
    server: (world) => serveNobody(world, {}),
    client: (world) => attempt(world, name, () => new world.WebSocket(address)),
  })),
  {
    name: 'a protocol version that is not known throws',
    server: (world) => serveNobody(world, {}),
    client: (world) => attempt(world, 'version 12', () => new world.WebSocket(urlOf(world), { protocolVersion: 12 })),
  },
  {
    name: 'a refused port',
    server: (world) =>
      new Promise((resolve) => {
        const wss = new world.WebSocket.WebSocketServer({ port: world.port });
        world.ready(wss);
        wss.on('listening', () => wss.close(() => resolve()));
      }),
    client: async (world) => {
      await new Promise<void>((resolve) => world.after(30, resolve));
      await dial(world, () => undefined);
    },
  },
  {
    name: 'a failed handshake that nobody listens for',
    server: (world) => serveNobody(world, { path: '/only' }),
    client: (world) => {
      connect(world);
      return new Promise((resolve) => world.after(60, resolve));
    },
  },
  {
    name: 'a bad frame whose error nobody listens for',
    server: (world) => {
      const wss = new world.WebSocket.WebSocketServer({ port: world.port });
      world.ready(wss);
    },
    client: async (world) => {
      const socket = await openRaw(world);
      socket.write(Uint8Array.of(0x83, 0x80, 0, 0, 0, 0));
      await new Promise<void>((resolve) => world.after(60, resolve));
    },
  },
  {
    name: 'a message listener that throws',
    server: (world) => {
      const wss = new world.WebSocket.WebSocketServer({ port: world.port });
      world.ready(wss);
      wss.on('connection', (ws) => ws.on('message', (data: unknown) => throwing(`no ${String(data)}`)));
    },
    client: (world) => {
      const ws = connect(world);
      ws.on('open', () => ws.send('thanks'));
      return new Promise((resolve) => world.after(60, resolve));
    },
  },
  {
    name: 'a close listener that throws',
    server: (world) => {
      const wss = new world.WebSocket.WebSocketServer({ port: world.port });
      world.ready(wss);
      wss.on('connection', (ws) => ws.on('close', (code: number) => throwing(`closed ${code}`)));
    },
    client: (world) => dial(world, (ws) => ws.on('open', () => ws.close(4000))),
  },
  {
    name: 'a handshake that takes too long',
    server: (world) => {
      const server = world.http.createServer();
      world.ready(server);
      server.listen(world.port);
      server.on('upgrade', () => undefined);
    },
    client: (world) => dial(world, () => undefined, { handshakeTimeout: 60 }),
  },
  {
    name: 'finishRequest sends the request when it is ready',
    server: (world) =>
      serve(world, {}, (ws, req) => {
        world.log(req.headers['x-late']);
        ws.close();
      }),
    client: (world) =>
      watch(
        world,
        new world.WebSocket(urlOf(world), {
          finishRequest: (request) => {
            request.setHeader('X-Late', 'yes');
            world.after(20, () => request.end());
          },
        }),
      ),
  },
  {
    name: 'redirects are followed where asked for',
    server: (world) => {
      const wss = new world.WebSocket.WebSocketServer({ noServer: true });
      const server = world.http.createServer();
      world.ready(server);
      server.listen(world.port);
      return new Promise((resolve) => {
        server.on('upgrade', (req, socket, head) => {
          world.log(req.url, req.headers['cookie']);
          if (req.url === '/new') {
            wss.handleUpgrade(req, socket, head, (ws) => {
              void watch(world, ws).then(resolve);
              ws.close();
            });
          } else socket.end('HTTP/1.1 302 Found\r\nLocation: /new\r\n\r\n');
        });
      });
    },
    client: async (world) => {
      await dial(world, () => undefined, {}, '/old');
      await dial(
        world,
        (ws) => ws.on('redirect', (url) => world.log(url)),
        { followRedirects: true, headers: { Cookie: 'a=1' } },
        '/old',
      );
    },
  },
];
