/** Subprotocols, asked for and chosen. */
import { attempt, dial, requestHead, serve, serveNobody } from '../running/programs.ts';
import type { WsCase } from '../running/world.ts';
import type { ServerOptions } from '../../server/server-options.ts';

type Choose = NonNullable<ServerOptions['handleProtocols']>;

const agreed: [name: string, protocols: string[] | string, choose?: Choose][] = [
  ['none is asked for', []],
  ['the first of two is taken', ['chat', 'superchat']],
  ['one, as a string', 'chat'],
  ['handleProtocols takes the second', ['a', 'b'], (protocols) => [...protocols][1] ?? false],
  ['handleProtocols takes none, which the client does not take', ['a', 'b'], () => false],
  ['handleProtocols takes one that was not asked for', ['a'], () => 'z'],
];

const refusedAtOnce: [name: string, protocols: unknown][] = [
  ['with a space', ['a b']],
  ['empty', ['']],
  ['twice the same', ['a', 'a']],
  ['a number', [7]],
  ['with a comma', 'a,b'],
];

const headers: [name: string, value: string][] = [
  ['with an empty part', 'a,,b'],
  ['with the same twice', 'a, a'],
  ['with a bad character', 'a/b'],
  ['that ends in a comma', 'a,'],
];

export const subprotocols: WsCase[] = [
  ...agreed.map(([name, protocols, choose]): WsCase => ({
    name: `subprotocols: ${name}`,
    server: (world) =>
      serve(world, choose ? { handleProtocols: choose } : {}, (ws, req) => {
        world.log(JSON.stringify(ws.protocol), req.headers['sec-websocket-protocol']);
        world.after(20, () => ws.close());
      }),
    client: (world) => dial(world, () => undefined, { protocols }),
  })),
  ...refusedAtOnce.map(([name, protocols]): WsCase => ({
    name: `a subprotocol ${name} throws`,
    server: (world) => serveNobody(world, {}),
    client: (world) => attempt(world, name, () => new world.WebSocket('ws://127.0.0.1:1/', protocols as string[])),
  })),
  ...headers.map(([name, value]): WsCase => ({
    name: `a header ${name} is refused`,
    server: (world) => serveNobody(world, {}),
    client: async (world) => {
      const socket = world.raw();
      socket.write(requestHead({ 'Sec-WebSocket-Protocol': value }));
      await socket.closed;
      world.log(String(socket.received()));
    },
  })),
  {
    name: 'what handleProtocols is given',
    server: (world) =>
      serve(
        world,
        {
          handleProtocols: (protocols, req) => {
            world.log(protocols, req.url);
            return 'b';
          },
        },
        (ws) => ws.close(),
      ),
    client: (world) => dial(world, () => undefined, { protocols: ['a', 'b'] }, '/p?q=1'),
  },
];
