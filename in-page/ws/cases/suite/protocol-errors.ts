/** Frames that break the rules, written by hand. */
import { afterHead, dial, openRaw, serve } from '../running/programs.ts';
import type { WsCase, World } from '../running/world.ts';
import type { ServerOptions } from '../../server/server-options.ts';

const noKey = [0, 0, 0, 0];
const masked = (first: number, payload: number[]): number[] => [first, 0x80 | payload.length, ...noKey, ...payload];

const fromClient: [name: string, bytes: number[], options?: ServerOptions][] = [
  ['an unmasked text', [0x81, 0x02, 0x68, 0x69]],
  ['RSV1', masked(0xc1, [0x68])],
  ['RSV2', masked(0xa1, [0x68])],
  ['RSV3', masked(0x91, [0x68])],
  ['opcode 3', masked(0x83, [1])],
  ['opcode 11', masked(0x8b, [1])],
  ['opcode 15', masked(0x8f, [])],
  ['a continuation of nothing', masked(0x80, [0x68])],
  ['a text inside a fragmented text', [...masked(0x01, [0x68]), ...masked(0x81, [0x69])]],
  ['a binary inside a fragmented binary', [...masked(0x02, [1]), ...masked(0x82, [2])]],
  ['a fragmented ping', masked(0x09, [1])],
  ['a fragmented close', masked(0x08, [3, 232])],
  ['a ping of 126 bytes', [0x89, 0xfe, 0, 126, ...noKey, ...new Array<number>(126).fill(1)]],
  ['a close of 1 byte', masked(0x88, [3])],
  ['a close with 999', masked(0x88, [3, 231])],
  ['a close with 1005', masked(0x88, [3, 237])],
  ['a close with 1006', masked(0x88, [3, 238])],
  ['a close with 1015', masked(0x88, [3, 247])],
  ['a close with 5000', masked(0x88, [19, 136])],
  ['a close with a reason that is no UTF-8', masked(0x88, [3, 232, 0xff])],
  ['text that is no UTF-8', masked(0x81, [0x68, 0xff])],
  ['text that ends inside a character', masked(0x81, [0xf0, 0x9f])],
  ['text with a surrogate', masked(0x81, [0xed, 0xa0, 0x80])],
  ['overlong text', masked(0x81, [0xc0, 0x80])],
  ['fragments that are no UTF-8 together', [...masked(0x01, [0xc3]), ...masked(0x80, [0x68])]],
  ['a message over maxPayload', masked(0x81, [1, 2, 3, 4, 5, 6]), { maxPayload: 5 }],
  ['a message of just maxPayload', masked(0x82, [1, 2, 3, 4, 5]), { maxPayload: 5 }],
  ['text that is no UTF-8, with skipUTF8Validation', masked(0x81, [0x68, 0xff]), { skipUTF8Validation: true }],
  ['a reason that is no UTF-8, with skipUTF8Validation', masked(0x88, [3, 232, 0xff]), { skipUTF8Validation: true }],
  ['a good message before a bad one', [...masked(0x81, [0x68]), ...masked(0x83, [])]],
  ['a length in a form that is longer than need be', [0x82, 0xfe, 0, 1, ...noKey, 7]],
];

/** Reads what the server says, and ends when it has closed, or has nothing more to say. */
async function speak(world: World, bytes: number[]): Promise<void> {
  const socket = await openRaw(world);
  socket.write(Uint8Array.from(bytes));
  world.after(40, () => socket.write(Uint8Array.from(masked(0x88, [3, 232]))));
  await socket.closed;
  world.log(afterHead(socket));
}

const toServer = fromClient.map(([name, bytes, options = {}]): WsCase => ({
  name: `a client sends ${name}`,
  server: (world) => serve(world, options, () => undefined),
  client: (world) => speak(world, bytes),
}));

const fromServer: [name: string, bytes: number[]][] = [
  ['a masked text', masked(0x81, [0x68])],
  ['RSV1', [0xc1, 1, 0x68]],
  ['opcode 5', [0x85, 0]],
  ['a fragmented pong', [0x0a, 0]],
  ['text that is no UTF-8', [0x81, 1, 0xff]],
  ['a close with 1004', [0x88, 2, 3, 236]],
];

const toClient = fromServer.map(([name, bytes]): WsCase => ({
  name: `a server sends ${name}`,
  server: (world) => serve(world, {}, (ws) => ws._socket?.write(Uint8Array.from(bytes))),
  client: (world) => dial(world, () => undefined),
}));

export const protocolErrors: WsCase[] = [
  ...toServer,
  ...toClient,
  {
    name: 'a client’s maxPayload',
    server: (world) => serve(world, {}, (ws) => ws.send('far too long')),
    client: (world) => dial(world, () => undefined, { maxPayload: 4 }),
  },
  {
    name: 'maxPayload 0 is no limit',
    server: (world) => serve(world, { maxPayload: 0 }, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          ws.send('x'.repeat(1000));
          ws.close();
        }),
      ),
  },
  {
    name: 'a length of 2^53 is refused before its payload comes',
    differs: 'The link carries whole frames: of one so long, not even the header comes.',
    server: (world) => serve(world, {}, () => undefined),
    client: async (world) => {
      const socket = await openRaw(world);
      socket.write(Uint8Array.of(0x82, 0xff, 0, 0x20, 0, 0, 0, 0, 0, 0, ...noKey));
      world.after(40, () => socket.end());
      await socket.closed;
      world.log(afterHead(socket));
    },
  },
];
