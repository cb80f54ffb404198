import { expect, test } from 'vitest';
import { Opcode } from '../../protocol/wire/frame.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import { patience } from './connection.ts';
import { type Client, closesBack, converse, listen, type ServerByHand } from './testing/by-hand.ts';

/** Runs a program that notes its events with their times, and does something once open. */
const run = (act: (ws: WebSocket, client: Client) => void, server: ServerByHand = {}, link: Partial<LinkConditions> = {}) =>
  converse(
    (client) => {
      const timed = { push: (line: string) => client.log.push(`${client.clock.present} ${line}`) } as unknown as string[];
      const ws = listen(new client.WebSocket('/'), timed);
      ws.addEventListener('open', () => act(ws, client));
    },
    server,
    { latency: 10, ...link },
  );

test('close sends its code and reason, and the close event has what the server sent back', async () => {
  const { log, frames, events, now } = await run((ws, { log }) => {
    ws.close(3001, 'enough \ud800');
    log.push(String(ws.readyState));
    ws.close(1000, 'again');
  });
  expect(log).toEqual(['20 open 1', '2', '40 close 3 3001 enough \ufffd true']);
  expect(frames.map(({ opcode }) => opcode)).toEqual([Opcode.close]);
  const seen = events.flatMap((event) => (event.at === 'client' ? [event] : []));
  expect(seen).toMatchObject([
    { time: 0, name: 'connection_started', url: '/' },
    { time: 20, name: 'connection_opened' },
    { time: 20, name: 'close_called', code: 3001, reason: 'enough \ufffd' },
    { time: 20, name: 'close_called', code: 1000, reason: 'again' },
    { time: 40, name: 'connection_closed', code: 3001, reason: 'enough \ufffd', wasClean: true },
  ]);
  expect(now).toBeLessThan(100);
});

test.for([
  ['no code', undefined, undefined, []],
  ['a reason alone, which goes with 1000', undefined, 'why', [0x03, 0xe8, 0x77, 0x68, 0x79]],
  ['a code alone', 4999, undefined, [0x13, 0x87]],
] as const)('close with %s', async ([, code, reason, body]) => {
  const { log, frames, events } = await run((ws) => ws.close(code, reason));
  expect([...(frames[0]?.payload ?? [])]).toEqual([...body]);
  expect(log[1]).toBe(`40 close 3 ${body.length ? (body[0] << 8) | body[1] : 1005} ${reason ?? '-'} true`);
  const called = events.find(({ name }) => name === 'close_called');
  expect([called && 'code' in called, called && 'reason' in called]).toEqual([code !== undefined, reason !== undefined]);
});

test.for([
  [1009, 'too big'],
  [1011, ''],
  [4000, 'grüß'],
  [undefined, ''],
] as const)(
  'a Close of the server with %s is answered with its code and reason, and TCP ended by the server',
  async ([code, reason]) => {
    const { log, frames } = await run((ws, { log, clock }) => clock.set(() => log.push(`then ${ws.readyState}`), 15, false), {
      onOpen: ({ clock, close }) => clock.set(() => close(code, reason), 5, false),
      onFrame: ({ opcode }, { socket }) => void (opcode === Opcode.close && socket.end()),
    });
    expect(frames.map(({ opcode, payload }) => [opcode, ...payload])).toEqual([
      [Opcode.close, ...(code === undefined ? [] : [code >> 8, code & 255, ...new TextEncoder().encode(reason)])],
    ]);
    // The Close comes at 25 ms and makes the state CLOSING; the end of TCP comes a round trip later.
    expect(log).toEqual(['20 open 1', 'then 2', `45 close 3 ${code ?? 1005} ${reason || '-'} true`]);
  },
);

test('both ends close at once: each takes the other’s Close as the answer', async () => {
  const { log, frames } = await run((ws) => ws.close(3000, 'mine'), {
    onOpen: ({ clock, close }) => clock.set(() => close(4001, 'yours'), 5, false),
    onFrame: (_, { socket }) => socket.end(),
  });
  expect(frames).toHaveLength(1);
  expect(log).toEqual(['20 open 1', '40 close 3 4001 yours true']);
});

test('Pings are answered after close, and not after the server’s Close', async () => {
  const { frames } = await run((ws) => ws.close(), {
    onFrame: ({ opcode }, end) => {
      if (opcode !== Opcode.close) return;
      end.frame({ opcode: Opcode.ping });
      end.close(1000);
      end.frame({ opcode: Opcode.ping });
      end.clock.set(() => end.socket.end(), 50, false);
    },
  });
  expect(frames.map(({ opcode }) => opcode)).toEqual([Opcode.close, Opcode.pong]);
});

test('a server that never answers the Close is given up, without an error', async () => {
  const { log } = await run((ws) => ws.close(1000), { onFrame: () => undefined });
  expect(log).toEqual(['20 open 1', `${20 + patience.forClose} close 3 1006 - false`]);
});

test('a server that answers and never ends TCP is given up, cleanly', async () => {
  const { log } = await run((ws) => ws.close(1000, 'bye'), {
    onFrame: ({ payload }, { frame }) => frame({ opcode: Opcode.close, payload }),
  });
  expect(log).toEqual(['20 open 1', `${40 + patience.forEndOfTcp} close 3 1000 bye true`]);
});

test.for<[string, ServerByHand, Partial<LinkConditions>, number]>([
  ['the server ends TCP without a Close', { onOpen: ({ socket }) => socket.end() }, {}, 20],
  ['the server destroys it', { onOpen: ({ socket }) => socket.destroy() }, {}, 20],
  ['the link is cut', {}, { cut: 300 }, 300],
])('%s: close with 1006, and no error', async ([, server, link, time]) => {
  const { log } = await run(() => undefined, server, link);
  expect(log).toEqual(['20 open 1', `${time} close 3 1006 - false`]);
});

test('a link that went silent tells nobody; close is given up', async () => {
  const { log } = await run(
    (ws, { clock }) => clock.set(() => ws.close(), 1000, false),
    { onFrame: closesBack },
    { silent: 300 },
  );
  expect(log).toEqual(['20 open 1', `${1020 + patience.forClose} close 3 1006 - false`]);
});
