/** A server's own life: ports, clients, closing. */
import type { IncomingMessage } from '../../../node/http/incoming-message.ts';
import type { WebSocketBase } from '../../websocket.ts';
import type { WebSocketServerBase } from '../../server/websocket-server.ts';
import type { ServerOptions } from '../../server/server-options.ts';
import { attempt, dial, serve, serveNobody, watch } from '../running/programs.ts';
import type { WsCase, World } from '../running/world.ts';

const modes: [name: string, options: ServerOptions | undefined][] = [
  ['no options', undefined],
  ['no way to connections', {}],
  ['a port and noServer', { port: 1, noServer: true }],
];

const listening = (world: World, options: ServerOptions = {}): WebSocketServerBase => {
  const wss = new world.WebSocket.WebSocketServer({ port: world.port, ...options }, () => world.log('callback'));
  world.ready(wss);
  wss.on('listening', () => world.log('listening', wss.address()));
  wss.on('close', () => world.log('close'));
  return wss;
};

export const servers: WsCase[] = [
  ...modes.map(([name, options]): WsCase => ({
    name: `a server with ${name} throws`,
    server: (world) => {
      serveNobody(world, {});
      attempt(world, name, () => new world.WebSocket.WebSocketServer(options));
    },
  })),
  {
    name: 'address, with and without a host',
    server: (world) =>
      new Promise((resolve) => {
        const wss = listening(world);
        const second = new world.WebSocket.WebSocketServer({ port: 0, host: '127.0.0.1' });
        second.on('listening', () => {
          const { port, ...rest } = second.address() as { port: number };
          world.log(rest, port > 0, wss.options.port === world.port);
          second.close(() => resolve());
        });
      }),
  },
  {
    name: 'address of noServer throws, and is null once closed',
    server: (world) => {
      const wss = listening(world);
      attempt(world, 'noServer', () => new world.WebSocket.WebSocketServer({ noServer: true }).address());
      return new Promise((resolve) => {
        wss.on('listening', () => wss.close(() => resolve()));
        wss.on('close', () => world.log(wss.address()));
      });
    },
  },
  {
    name: 'a port in use is an error of the server',
    server: (world) =>
      new Promise((resolve) => {
        const wss = listening(world);
        wss.on('listening', () => {
          const { port } = wss.address() as { port: number };
          const second = new world.WebSocket.WebSocketServer({ port });
          second.on('error', (error: Error & { syscall?: string; port?: number; address?: string }) => {
            world.log(error, error.syscall, error.port, error.address);
            resolve();
          });
        });
      }),
  },
  {
    name: 'a port in use that nobody handles',
    server: (world) =>
      new Promise((resolve) => {
        const wss = listening(world);
        wss.on('listening', () => {
          const { port } = wss.address() as { port: number };
          void new world.WebSocket.WebSocketServer({ port });
          world.after(30, () => resolve());
        });
      }),
  },
  {
    name: 'close with a client open waits for it, and takes no other',
    server: (world) =>
      new Promise((resolve) => {
        const wss = listening(world);
        wss.on('connection', (ws: WebSocketBase) => {
          void watch(world, ws);
          wss.close((error) => {
            world.log('closed', error ?? 'well', wss.clients?.size);
            resolve();
          });
          world.log('still open', ws.readyState);
          world.after(40, () => ws.close(1001, 'going'));
        });
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'close, and terminate all clients',
    server: (world) =>
      new Promise((resolve) => {
        const wss = listening(world);
        wss.on('connection', (ws: WebSocketBase) => {
          void watch(world, ws);
          wss.close(() => resolve());
          for (const client of wss.clients ?? []) client.terminate();
        });
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'close twice',
    server: (world) =>
      new Promise((resolve) => {
        const wss = listening(world);
        wss.on('listening', () => {
          wss.close((error) => world.log('first', error ?? 'well'));
          wss.close((error) => world.log('second', error ?? 'well'));
          world.after(20, () => {
            wss.close((error) => {
              world.log('third', error ?? 'well');
              resolve();
            });
          });
        });
      }),
  },
  {
    name: 'close of noServer, with a client open',
    server: (world) =>
      new Promise((resolve) => {
        const wss = new world.WebSocket.WebSocketServer({ noServer: true });
        const server = world.http.createServer();
        world.ready(server);
        server.listen(world.port);
        wss.on('close', () => world.log('close'));
        server.on('upgrade', (req: IncomingMessage, socket, head: Buffer) => {
          wss.handleUpgrade(req, socket as never, head, (ws) => {
            void watch(world, ws);
            wss.close(() => resolve());
            world.after(20, () => ws.close());
          });
        });
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'close of { server } leaves the HTTP server running',
    server: (world) =>
      new Promise((resolve) => {
        const server = world.http.createServer();
        world.ready(server);
        server.listen(world.port);
        const wss = new world.WebSocket.WebSocketServer({ server });
        server.on('listening', () =>
          wss.close(() => {
            world.log(server.listening, server.listenerCount('upgrade'));
            resolve();
          }),
        );
      }),
  },
  {
    name: 'clients: who is in the set, and when',
    server: (world) =>
      new Promise((resolve) => {
        const wss = listening(world);
        world.log(wss.clients?.size);
        wss.on('connection', (ws: WebSocketBase) => {
          world.log(wss.clients?.size, wss.clients?.has(ws));
          ws.on('close', () => {
            world.log(wss.clients?.size);
            resolve();
          });
          ws.close();
        });
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'clientTracking false: no set',
    server: (world) =>
      serve(world, { clientTracking: false }, (ws, _req, wss) => {
        world.log(wss.clients);
        ws.close();
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'a class of one’s own for connections',
    server: (world) => {
      class Named extends world.WebSocket {
        hello(): void {
          this.send('hello from my own class');
        }
      }
      return serve(world, { WebSocket: Named as never }, (ws) => {
        world.log(ws instanceof Named, ws instanceof world.WebSocket);
        (ws as unknown as Named).hello();
        ws.close();
      });
    },
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'connections after the server has closed are refused',
    server: (world) =>
      new Promise((resolve) => {
        const wss = listening(world);
        wss.on('connection', (ws: WebSocketBase) => {
          ws.on('close', () => resolve());
          wss.close();
          ws.close(1001);
        });
      }),
    client: async (world) => {
      await dial(world, () => undefined);
      await new Promise<void>((resolve) => world.after(30, resolve));
      await dial(world, () => undefined);
    },
  },
];
