/** Sending at the wrong time, or the wrong thing. */
import { attempt, dial, serve, serveNobody } from '../running/programs.ts';
import type { WsCase } from '../running/world.ts';

const wrong: [name: string, value: unknown][] = [
  ['true', true],
  ['an object', { a: 1 }],
  ['a function', () => undefined],
  ['a symbol', Symbol('s')],
  ['a bigint', 10n],
  ['an instance', new Promise(() => undefined)],
  ['a Map', new Map()],
  ['an array-like object', { length: 2, 0: 65, 1: 66 }],
  ['a String object', Object('boxed') as unknown],
];

export const sending: WsCase[] = [
  ...wrong.map(([name, value]): WsCase => ({
    name: `send ${name}`,
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          attempt(world, name, () => ws.send(value));
          ws.close();
        }),
      ),
  })),
  {
    name: 'send before open throws',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) => {
        attempt(world, 'send', () => ws.send('early'));
        ws.on('open', () => ws.close());
      }),
  },
  {
    name: 'send after close calls back with an error, and counts',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) => {
        ws.on('open', () => {
          ws.close();
          ws.send('late', (error) => world.log('closing', error));
          ws.ping('late', true, (error?: Error | null) => world.log('ping', error));
          attempt(world, 'without a callback', () => ws.send('12345'));
          world.log('buffered', ws.bufferedAmount);
        });
        ws.on('close', () => {
          ws.send('later', (error) => world.log('closed', error));
          ws.send(12, (error) => world.log('number', error));
          world.log('buffered', ws.bufferedAmount);
        });
      }),
  },
  {
    name: 'send after a handshake that failed',
    server: (world) => serveNobody(world, { path: '/here' }),
    client: (world) =>
      dial(
        world,
        (ws) =>
          ws.on('close', () => {
            ws.send('12345', (error) => world.log(error));
            world.log('buffered', ws.bufferedAmount);
          }),
        {},
        '/there',
      ),
  },
  {
    name: 'bufferedAmount is 0 before open and once bytes are taken',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) => {
        world.log(ws.bufferedAmount);
        ws.on('open', () => {
          ws.send('hello');
          world.log(ws.bufferedAmount);
          ws.close();
          world.log(ws.bufferedAmount);
        });
      }),
  },
  {
    name: 'the server pauses: messages come after it resumes',
    server: (world) =>
      serve(world, {}, (ws) => {
        world.log('paused', ws.isPaused);
        ws.pause();
        world.log('paused', ws.isPaused);
        world.after(60, () => {
          ws.resume();
          world.log('paused', ws.isPaused);
        });
      }),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          ws.send('one');
          ws.send('two');
          ws.close();
        }),
      ),
  },
  {
    name: 'pause and resume before open and after close do nothing',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) => {
        ws.pause();
        ws.resume();
        world.log(ws.isPaused);
        ws.on('open', () => ws.close());
        ws.on('close', () => {
          ws.pause();
          world.log(ws.isPaused);
        });
      }),
  },
  {
    name: 'a mask where none belongs: the client closes with 1002',
    server: (world) => serve(world, {}, (ws) => ws.send('masked', { mask: true })),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'no mask where one belongs: the server closes with 1002',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) => dial(world, (ws) => ws.on('open', () => ws.send('bare', { mask: false }))),
  },
  {
    name: 'generateMask chooses the masking key',
    server: (world) => serve(world, {}, (ws) => ws.on('message', () => ws.close())),
    client: (world) =>
      dial(world, (ws) => ws.on('open', () => ws.send('masked by hand')), { generateMask: (mask) => void mask.fill(9) }),
  },
];
