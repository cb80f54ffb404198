/** Pings, pongs and heartbeats. */
import { attempt, dial, serve } from '../running/programs.ts';
import type { WsCase } from '../running/world.ts';

const pinged: [name: string, data: unknown][] = [
  ['nothing', undefined],
  ['text', 'are you there'],
  ['bytes', Uint8Array.of(1, 2)],
  ['a number', 7],
  ['125 bytes', 'x'.repeat(125)],
];

export const control: WsCase[] = [
  ...pinged.map(([name, data]): WsCase => ({
    name: `ping with ${name}`,
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) => {
        ws.on('open', () => ws.ping(data));
        ws.on('pong', () => ws.close());
      }),
  })),
  {
    name: 'the server pings',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.ping('s');
        ws.on('pong', () => ws.close(1000));
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'a pong that nobody asked for',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          ws.pong('unasked');
          ws.pong();
          ws.close();
        }),
      ),
  },
  {
    name: 'callbacks of ping and pong, in every place',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          ws.ping(() => world.log('ping 1'));
          ws.ping('data', () => world.log('ping 2'));
          ws.ping('data', true, () => world.log('ping 3'));
          ws.pong(() => world.log('pong 1'));
          ws.pong('data', () => world.log('pong 2'));
          ws.close();
        }),
      ),
  },
  {
    name: 'ping and pong of 126 bytes throw',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          attempt(world, 'ping', () => ws.ping('x'.repeat(126)));
          attempt(world, 'pong', () => ws.pong(new Uint8Array(126)));
          ws.close();
        }),
      ),
  },
  {
    name: 'ping and pong before open throw',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) => {
        attempt(world, 'ping', () => ws.ping());
        attempt(world, 'pong', () => ws.pong());
        ws.on('open', () => ws.close());
      }),
  },
  {
    name: 'autoPong false on the server: a ping is not answered',
    server: (world) => serve(world, { autoPong: false }, (ws) => ws.on('ping', () => ws.close())),
    client: (world) => dial(world, (ws) => ws.on('open', () => ws.ping('x'))),
  },
  {
    name: 'autoPong false on the client, which answers by hand',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.ping('q');
        ws.on('pong', () => ws.close());
      }),
    client: (world) => dial(world, (ws) => ws.on('ping', () => ws.pong('by hand')), { autoPong: false }),
  },
  {
    name: 'a heartbeat terminates the client that does not answer',
    server: (world) => {
      const alive = new WeakMap<object, boolean>();
      return serve(world, {}, (ws, _req, wss) => {
        alive.set(ws, true);
        ws.on('pong', () => alive.set(ws, true));
        const beat = (): void => {
          for (const client of wss.clients ?? []) {
            if (!alive.get(client)) {
              world.log('terminates');
              client.terminate();
              return;
            }
            alive.set(client, false);
            client.ping();
          }
          world.after(60, beat);
        };
        world.after(60, beat);
      });
    },
    client: (world) => dial(world, () => undefined, { autoPong: false }),
  },
  {
    name: 'a heartbeat keeps the client that answers',
    server: (world) =>
      serve(world, {}, (ws) => {
        let beats = 0;
        ws.on('pong', () => {
          if (++beats === 3) ws.close(1000, 'three beats');
          else world.after(20, () => ws.ping(String(beats)));
        });
        ws.ping('0');
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'a ping that was on its way when the close began is not answered',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.close(1000);
      }),
    client: (world) => dial(world, (ws) => ws.on('open', () => ws.ping('late'))),
  },
];
