import { expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { encodeFrame, FrameParser, Opcode } from '../../../protocol/wire/frame.ts';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import type { Socket } from '../../program/network.ts';
import type { NetSocket } from '../../node/net/net-socket.ts';
import { plainBehaviour } from '../behaviour.ts';
import { StockConnection } from './stock-connection.ts';
import { type ClientScope, runStock, type StockRunOptions } from '../testing/run-stock.ts';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

/** A client by hand. */
interface Hand {
  socket: Socket;
  clock: ClientScope['clock'];
  send: (opcode: number, payload?: string | Uint8Array, fin?: boolean) => void;
}

/**
 * Runs a client by hand, which acts once the connection is open and again at each frame. Returns the frames that it gets and its
 * connection's end, each with its time in ms, and when the connection was gone for the server.
 */
async function byHand(
  address: string,
  open: (hand: Hand) => void,
  { onFrame = () => undefined, ...options }: StockRunOptions & { onFrame?: (opcode: number, hand: Hand) => void } = {},
): Promise<{ log: string[]; errors: unknown[]; closedAt: number[] }> {
  const { log, errors, trace } = await runStock(
    {
      A: ({ network, clock, log }) => {
        const socket = network.connect(4321);
        const send: Hand['send'] = (opcode, payload = '', fin = true) =>
          socket.write(encodeFrame({ opcode, fin, payload: Buffer.from(payload as string), maskingKey: new Uint8Array(4) }));
        const parser = new FrameParser();
        let isOpen = false;
        socket.onData = (bytes) => {
          if (!isOpen) {
            expect(Buffer.from(bytes).toString()).toContain(`Sec-WebSocket-Accept: ${accept}\r\n`);
            isOpen = true;
            open({ socket, clock, send });
            return;
          }
          for (const { opcode, payload } of parser.push(bytes)) {
            const code = opcode === Opcode.close && payload.length >= 2 ? `${Buffer.from(payload).readUInt16BE(0)} ` : '';
            log.push(`${clock.present} ${opcode} ${code}${Buffer.from(payload.subarray(code === '' ? 0 : 2)).toString()}`);
            onFrame(opcode, { socket, clock, send });
          }
        };
        socket.onEnd = () => log.push(`${clock.present} end`);
        socket.onClose = () => log.push(`${clock.present} closed`);
        const lines = ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
        socket.write(Buffer.from([`GET ${address} HTTP/1.1`, ...lines, `Sec-WebSocket-Key: ${key}`, '\r\n'].join('\r\n')));
      },
    },
    { bounds: { until: 200_000, mostSteps: 20_000 }, ...options },
  );
  const closedAt = trace.events.filter(({ name, at }) => name === 'connection_closed' && at === 'server').map(({ time }) => time);
  return { log, errors, closedAt };
}

test('a message of 65536 bytes is taken, in fragments too, and one byte more ends the connection with 1009', async () => {
  const half = new Uint8Array(32_768);
  const taken = await byHand('/sink', ({ send }) => {
    send(Opcode.binary, half, false);
    send(Opcode.ping);
    send(Opcode.continuation, half);
    send(Opcode.close);
  });
  expect(taken.log.slice(0, 3)).toEqual(['0 10 ', '0 1 65536', '0 8 ']);
  const refused = await byHand('/sink', ({ send }) => {
    send(Opcode.binary, half, false);
    send(Opcode.continuation, new Uint8Array(32_769));
    send(Opcode.text, 'not read');
  });
  expect(refused.log.slice(0, 2)).toEqual(['0 8 1009 A message may have at most 65536 bytes here.', '0 end']);
});

test('a message in more than 256 fragments ends the connection with 1008', async () => {
  const { log } = await byHand('/echo', ({ send }) => {
    send(Opcode.text, 'x', false);
    for (let i = 0; i < 256; i++) send(Opcode.continuation, 'x', false);
  });
  expect(log[0]).toBe('0 8 1008 A message may have at most 256 fragments here.');
});

test('the hundred and first message at once ends the connection, and at fifty a second none does', async () => {
  const burst = await byHand('/sink', ({ send }) => {
    for (let i = 0; i < 101; i++) send(Opcode.text, 'x');
  });
  expect(burst.log.slice(-3)).toEqual([
    '0 1 100',
    '0 8 1008 At most 50 messages a second, or 100 at once, are accepted here.',
    '0 end',
  ]);
  const steady = await byHand('/sink', ({ send, clock }) => {
    for (let i = 1; i <= 400; i++) clock.set(() => send(Opcode.text, 'x'), i * 20, false);
    clock.set(() => send(Opcode.close), 8001, false);
  });
  expect(steady.log.slice(-3)).toEqual(['8000 1 400', '8001 8 ', '8001 end']);
});

test('all connections of a run together may send four times as much as one', async () => {
  const client = ({ WebSocket, log }: ClientScope): void => {
    for (let i = 0; i < 5; i++) {
      const ws = new WebSocket('/sink');
      ws.onopen = () => Array.from({ length: 90 }, () => ws.send('x'));
      ws.onclose = ({ code, reason }) => log.push(`${code} ${reason}`);
    }
  };
  const { log } = await runStock({ A: client }, { bounds: { until: 10_000 } });
  expect(log).toEqual(['1008 At most 200 messages a second, or 400 at once, are accepted here.']);
});

test('a client that ends its side without a Close is let go', async () => {
  const { log, errors } = await byHand('/ticker?every=1000', ({ socket, clock }) => clock.set(() => socket.end(), 1500, false));
  expect([errors, log]).toEqual([[], ['1000 1 tick 1', '1500 end', '1500 closed']]);
});

test('a Close is answered with its code and reason, and the server ends its side first', async () => {
  const { log } = await byHand('/echo', ({ send }) => send(Opcode.close, Buffer.from('\u000f\u00a1bye', 'latin1')));
  expect(log).toEqual(['0 8 4001 bye', '0 end']);
});

test('a client that does not answer a Close, or does not end its side, is cut off five seconds later', async () => {
  const linkTime = 0;
  const mute = await byHand('/close?after=100', () => undefined, { linkTime });
  expect([mute.log, mute.closedAt]).toEqual([['100 8 1000 ', '5100 end'], [5100]]);
  const open = await byHand('/echo', ({ send }) => send(Opcode.text, '\u0000'), {
    linkTime,
    onFrame: (opcode, { send }) => opcode === Opcode.text && send(Opcode.close),
  });
  expect([open.log, open.closedAt]).toEqual([['0 1 \u0000', '0 8 ', '0 end'], [5000]]);
});

test('what comes after a Close of ours is neither answered nor counted', async () => {
  const { log } = await byHand('/close', () => undefined, {
    onFrame: (opcode, { send }) => {
      if (opcode !== Opcode.close) return;
      for (let i = 0; i < 150; i++) send(Opcode.ping);
      send(Opcode.close);
    },
  });
  expect(log).toEqual(['0 8 1000 ', '0 end']);
});

const silent: Partial<LinkConditions> = { silent: 1000 };

test('a silent client is pinged after twenty seconds, and every twenty seconds while it answers', async () => {
  const { log } = await byHand('/echo', () => undefined, {
    onFrame: (opcode, { send, clock }) => void (opcode === Opcode.ping && clock.present < 50_000 && send(Opcode.pong)),
    linkTime: 0,
  });
  expect(log).toEqual(['20000 9 ', '40000 9 ', '60000 9 ', '68000 end']);
});

test('where no client is pinged, a run comes to rest with a connection open', async () => {
  const { rest, now, trace } = await runStock(
    { A: ({ WebSocket }) => void new WebSocket('/ticker?every=500&count=3') },
    { pingAfter: Infinity, bounds: { until: 100_000 } },
  );
  expect([rest, now]).toEqual(['quiet', 1500]);
  expect(trace.events.some(({ name }) => name === 'connection_closed')).toBe(false);
});

test('a client behind a link that has fallen silent is given up eight seconds and the link’s time after its ping', async () => {
  const { trace } = await runStock(
    { A: ({ WebSocket }) => void new WebSocket('/ticker?every=500') },
    { conditions: silent, linkTime: 2000, bounds: { until: 100_000 } },
  );
  const sent = trace.events.filter(({ name, at }) => name === 'frame_sent' && at === 'server').map(({ time }) => time);
  expect(sent.at(-1)).toBe(29_500);
});

test('the sixty-fifth connection of a run is refused, and there is a place again once one is closed', async () => {
  const { log } = await runStock(
    {
      A: ({ WebSocket, log, clock }) => {
        const all = Array.from({ length: 65 }, (_, i) => {
          const ws = new WebSocket('/echo');
          ws.onclose = ({ code }) => log.push(`${i} closed ${code}`);
          return ws;
        });
        clock.set(() => all[3]?.close(1000), 1000, false);
        clock.set(() => (new WebSocket('/echo').onopen = () => log.push('another opened')), 2000, false);
      },
    },
    { bounds: { until: 3000 } },
  );
  expect(log).toEqual(['64 closed 1006', '3 closed 1000', 'another opened']);
});

test('a fault on behalf of a connection is told, closes that connection with 1011, and goes no further', () => {
  const written: Uint8Array[] = [];
  const faults: unknown[] = [];
  const nothing = (): void => undefined;
  const socket = { on: nothing, write: (bytes: Uint8Array) => written.push(bytes) } as unknown as NetSocket;
  const connection = new StockConnection({
    id: '1',
    socket,
    handshakeKey: key,
    holder: { address: 'run', session: undefined },
    behaviour: plainBehaviour,
    rate: { count: () => undefined },
    timers: { now: () => 0, after: () => nothing },
    linkTime: 0,
    pingAfter: 20_000,
    onFault: (error) => faults.push(error),
  });
  connection.guarded(() => {
    throw new RangeError('a fault');
  })();
  connection.send('not sent');
  expect(faults).toEqual([new RangeError('a fault')]);
  expect(written.map((bytes) => Buffer.from(bytes.subarray(4)).toString())).toEqual([
    'The server met an error with this connection.',
  ]);
});
