/** The closing handshake from either side, and connections that end without one. */
import { afterHead, attempt, connect, dial, openRaw, serve, serveNobody, watch } from '../running/programs.ts';
import type { WsCase } from '../running/world.ts';

type Close = [name: string, code?: number | undefined, reason?: string | Uint8Array];

const closes: Close[] = [
  ['without a code'],
  ['with 1000', 1000],
  ['with 1000 and a reason', 1000, 'bye'],
  ['with 1001 and a reason beyond ASCII', 1001, 'tschüß 😀'],
  ['with 1011', 1011, 'broken'],
  ['with 1014', 1014],
  ['with 3000', 3000, 'registered'],
  ['with 4999', 4999, 'private'],
  ['with a reason of 123 bytes', 4000, 'x'.repeat(123)],
  ['with a reason in bytes', 4001, Uint8Array.of(0x68, 0x69)],
  ['with a reason but no code', undefined, 'lost'],
  ['with an empty reason', 1000, ''],
];

const byServer = closes.map(([name, code, reason]): WsCase => ({
  name: `the server closes ${name}`,
  server: (world) => serve(world, {}, (ws) => ws.close(code, reason)),
  client: (world) => dial(world, () => undefined),
}));

const byClient = closes.map(([name, code, reason]): WsCase => ({
  name: `the client closes ${name}`,
  server: (world) => serve(world, {}, () => undefined),
  client: (world) => dial(world, (ws) => ws.on('open', () => ws.close(code, reason))),
}));

export const closing: WsCase[] = [
  ...byServer,
  ...byClient,
  {
    name: 'both close at once, with codes of their own',
    server: (world) => serve(world, {}, (ws) => ws.close(4001, 'server')),
    client: (world) => dial(world, (ws) => ws.on('open', () => ws.close(4002, 'client'))),
  },
  {
    name: 'the server terminates',
    server: (world) => serve(world, {}, (ws) => ws.terminate()),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'the client terminates',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) => dial(world, (ws) => ws.on('open', () => ws.terminate())),
  },
  {
    name: 'states around close and terminate',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) => {
        world.log(ws.readyState);
        ws.on('open', () => {
          world.log(ws.readyState);
          ws.close();
          world.log(ws.readyState);
          ws.terminate();
          world.log(ws.readyState);
        });
        ws.on('close', () => {
          ws.close();
          ws.terminate();
          world.log(ws.readyState);
        });
      }),
  },
  {
    name: 'close twice: the second does nothing',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          ws.close(4001);
          ws.close(4002);
        }),
      ),
  },
  {
    name: 'messages still come while this end is closing',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.on('message', () => {
          ws.send('one');
          ws.send('two');
        });
      }),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          ws.send('ask');
          ws.close();
        }),
      ),
  },
  {
    name: 'the server answers a close from its close listener in vain',
    server: (world) => serve(world, {}, (ws) => ws.on('close', () => ws.send('too late', (error) => world.log('send', error)))),
    client: (world) => dial(world, (ws) => ws.on('open', () => ws.close(1000))),
  },
  {
    name: 'close before open',
    server: (world) => serveNobody(world, {}),
    client: (world) => dial(world, (ws) => ws.close()),
  },
  {
    name: 'terminate before open',
    server: (world) => serveNobody(world, {}),
    client: (world) => dial(world, (ws) => ws.terminate()),
  },
  {
    name: 'close in the upgrade event',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) => dial(world, (ws) => ws.on('upgrade', () => ws.close())),
  },
  {
    name: 'the other end does not answer the close: it ends after closeTimeout',
    server: (world) => serve(world, { closeTimeout: 80 }, (ws) => ws.close(1000, 'alone')),
    client: async (world) => {
      const socket = await openRaw(world);
      await socket.closed;
      world.log(afterHead(socket));
    },
  },
  {
    name: 'the client gives up after closeTimeout',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.pause();
        world.after(250, () => ws.resume());
      }),
    client: (world) =>
      dial(world, (ws) => ws.on('open', () => world.after(30, () => ws.close(1000, 'alone'))), { closeTimeout: 80 }),
  },
  {
    name: 'the TCP connection ends without a Close frame',
    server: (world) => serve(world, {}, () => undefined),
    client: async (world) => {
      const socket = await openRaw(world);
      socket.end();
      await socket.closed;
      world.log(afterHead(socket));
    },
  },
  {
    name: 'the TCP connection ends inside a frame',
    differs: 'The link carries whole frames: a part of one never comes, and here the client ends before the rest.',
    server: (world) => serve(world, { maxPayload: 10 }, () => undefined),
    client: async (world) => {
      const socket = await openRaw(world);
      socket.write(Uint8Array.of(0x82, 0xfe, 0x01, 0x00, 1, 2, 3, 4));
      world.after(40, () => socket.end());
      await socket.closed;
      world.log(afterHead(socket));
    },
  },
  {
    name: 'frames after a Close frame are not read',
    server: (world) => serve(world, {}, () => undefined),
    client: async (world) => {
      const socket = await openRaw(world);
      socket.write(Uint8Array.of(0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8, 0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69));
      await socket.closed;
      world.log(afterHead(socket));
    },
  },
  {
    name: 'invalid codes and reasons throw, and the connection stays open',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          for (const code of [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, -1, 1000.5, NaN]) {
            attempt(world, `close(${code})`, () => ws.close(code));
          }
          attempt(world, 'close("1000")', () => ws.close('1000' as unknown as number));
          attempt(world, 'close of 124 bytes', () => ws.close(1000, 'x'.repeat(124)));
          attempt(world, 'close of 62 times ü', () => ws.close(1000, 'ü'.repeat(62)));
          attempt(world, 'a reason of numbers', () => ws.close(1000, [1, 2] as unknown as string));
          world.log(ws.readyState);
          ws.close();
        }),
      ),
  },
  {
    name: 'a client that is not watched closes well',
    server: (world) => serve(world, {}, (ws) => ws.close(1000)),
    client: (world) => watch(world, connect(world)),
  },
];
