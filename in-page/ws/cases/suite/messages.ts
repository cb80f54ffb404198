/** Messages both ways, in every form. */
import { dial, serve } from '../running/programs.ts';
import type { World, WsCase } from '../running/world.ts';
import type { WebSocketBase } from '../../websocket.ts';
import type { BinaryType } from '../../constants.ts';

const big = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i & 0xff);

/** What a client sends, and gets back from an echo. */
const sent: [name: string, data: unknown][] = [
  ['text', 'hello'],
  ['empty text', ''],
  ['text beyond ASCII', 'grüße 😀'],
  ['a lone surrogate', 'a\ud800b'],
  ['text of 125 bytes', 'x'.repeat(125)],
  ['text of 126 bytes', 'x'.repeat(126)],
  ['text of 65535 bytes', 'x'.repeat(65_535)],
  ['text of 65536 bytes', 'x'.repeat(65_536)],
  ['a number', 42],
  ['a Uint8Array', Uint8Array.of(1, 2, 3)],
  ['a part of a Uint8Array', Uint8Array.of(1, 2, 3, 4).subarray(1, 3)],
  ['an ArrayBuffer', Uint8Array.of(9, 8).buffer],
  ['a DataView', new DataView(Uint8Array.of(7, 6, 5).buffer, 1)],
  ['a Uint16Array', Uint16Array.of(1, 515)],
  ['an array of bytes', [1, 2, 300]],
  ['nothing', undefined],
  ['null', null],
  ['200 000 bytes', big(200_000)],
  ['a Blob', new Blob(['blob'])],
];

const echoes = sent.map(([name, data]): WsCase => ({
  name: `echo ${name}`,
  server: (world) => serve(world, {}, (ws) => ws.on('message', (got, isBinary) => ws.send(got, { binary: isBinary }))),
  client: (world) =>
    dial(world, (ws) => {
      ws.on('open', () => ws.send(data));
      ws.on('message', () => ws.close(1000));
    }),
}));

const shapes = (['nodebuffer', 'arraybuffer', 'fragments', 'blob'] satisfies BinaryType[]).map((binaryType): WsCase => ({
  name: `binary and text messages with binaryType ${binaryType}`,
  server: (world) =>
    serve(world, {}, (ws) => {
      ws.send(Uint8Array.of(1, 2, 3));
      ws.send('text');
      ws.send(Uint8Array.of(4), { fin: false });
      ws.send(Uint8Array.of(5, 6));
      ws.send(new Uint8Array(0));
      ws.close();
    }),
  client: (world) => dial(world, (ws) => void (ws.binaryType = binaryType)),
}));

/** Sends its name once both are there, and leaves when it has the other's. */
const member = (world: World, name: string): Promise<void> =>
  dial(world, (ws) =>
    ws.on('message', (data) => {
      if (String(data) === 'both') ws.send(name);
      else ws.close();
    }),
  );

export const messages: WsCase[] = [
  ...echoes,
  ...shapes,
  {
    name: 'an unknown binaryType is ignored',
    server: (world) => serve(world, {}, (ws) => ws.close()),
    client: (world) =>
      dial(world, (ws) => {
        ws.binaryType = 'bytes' as BinaryType;
        world.log(ws.binaryType);
      }),
  },
  {
    name: 'JSON both ways',
    server: (world) =>
      serve(world, {}, (ws) =>
        ws.on('message', (data) => {
          const { say } = JSON.parse(String(data)) as { say: string };
          ws.send(JSON.stringify({ said: say }));
        }),
      ),
    client: (world) =>
      dial(world, (ws) => {
        ws.on('open', () => ws.send(JSON.stringify({ say: 'hi' })));
        ws.on('message', (data) => {
          world.log(JSON.parse(String(data)));
          ws.close();
        });
      }),
  },
  {
    name: 'a message is a Buffer, also where it is text',
    server: (world) => serve(world, {}, (ws) => ws.send('hi')),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('message', (data) => {
          world.log(world.Buffer.isBuffer(data), String(data), `${String(data)}!`);
          ws.close();
        }),
      ),
  },
  {
    name: 'a broadcast to all clients but the sender',
    server: (world) => {
      const wss = new world.WebSocket.WebSocketServer({ port: world.port });
      world.ready(wss);
      return new Promise((resolve) => {
        let closed = 0;
        wss.on('connection', (ws: WebSocketBase) => {
          ws.on('message', (data) => {
            for (const client of wss.clients ?? []) {
              if (client !== ws && client.readyState === world.WebSocket.OPEN) client.send(String(data));
            }
          });
          ws.on('close', (code) => {
            world.log('closed', code);
            if (++closed === 2) resolve();
          });
          if (wss.clients?.size === 2) for (const client of wss.clients) client.send('both');
        });
      });
    },
    client: (world) => member(world, 'first'),
    other: (world) => member(world, 'second'),
  },
  {
    name: 'many messages keep their order',
    server: (world) =>
      serve(world, {}, (ws) => {
        for (let i = 0; i < 50; i++) ws.send(`message ${i}`);
        ws.close(1000, 'done');
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'a Blob keeps its place among other messages',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send('before');
        ws.send(new Blob(['blob']), () => world.log('blob sent', ws.bufferedAmount));
        ws.send('after', () => world.log('after sent', ws.bufferedAmount));
        ws.ping('then');
        world.log('buffered', ws.bufferedAmount);
        ws.close();
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'callbacks of send come later, in order, without an error',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send('one', (error) => world.log('one sent', error ?? 'well'));
        ws.send('two', {}, (error) => world.log('two sent', error ?? 'well'));
        world.log('after the calls');
        ws.close();
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'text sent as binary, and bytes sent as text',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send('text', { binary: true });
        ws.send(Uint8Array.of(0x68, 0x69), { binary: false });
        ws.close();
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'a message and a close in one go: the message comes first',
    server: (world) => serve(world, {}, () => undefined),
    client: (world) =>
      dial(world, (ws) =>
        ws.on('open', () => {
          ws.send('last words');
          ws.close(1000, 'bye');
        }),
      ),
  },
];
