/** Messages in fragments, and control frames between them. */
import { dial, serve } from '../running/programs.ts';
import type { WsCase } from '../running/world.ts';

export const fragments: WsCase[] = [
  {
    name: 'text in three fragments, cut inside a character',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          ws.send(Uint8Array.of(0x67, 0xc3), { fin: false, binary: false });
          ws.send(Uint8Array.of(0xbc), { fin: false });
          ws.send('r', { fin: true });
          ws.close();
        }),
      ),
  },
  {
    name: 'a ping between fragments',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send('one ', { fin: false });
        ws.ping('between');
        ws.send('message');
        ws.close();
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'empty fragments',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send('', { fin: false });
        ws.send('', { fin: false });
        ws.send('');
        ws.close();
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'a close between fragments: the message never comes',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send('unfinished', { fin: false });
        ws.close(1000, 'enough');
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'more fragments than maxFragments',
    server: (world) => serve(world, { maxFragments: 3 }, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          for (let i = 0; i < 4; i++) ws.send('x', { fin: false });
        }),
      ),
  },
  {
    name: 'fragments that together exceed maxPayload',
    server: (world) => serve(world, { maxPayload: 10 }, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          ws.send('123456', { fin: false });
          ws.send('789012');
        }),
      ),
  },
];
