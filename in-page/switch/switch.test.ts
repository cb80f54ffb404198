import { expect, test } from 'vitest';
import { encodeFrame, Opcode } from '../../protocol/wire/frame.ts';
import { asciiBytes } from '../../protocol/wire/handshake.ts';
import { effectsBeforeCauses } from '../../protocol/trace/effects-before-causes.ts';
import { emptyTrace } from '../../protocol/trace/trace.ts';
import type { Surroundings } from '../program/program.ts';
import { runPrograms } from '../testing/run-for-tests.ts';

const key = Uint8Array.of(1, 2, 3, 4);
const text = (payload: string, maskingKey?: Uint8Array) =>
  encodeFrame({ opcode: Opcode.text, payload: asciiBytes(payload), maskingKey });
const close = (maskingKey?: Uint8Array) => encodeFrame({ opcode: Opcode.close, payload: Uint8Array.of(3, 232), maskingKey });

/** A server by hand: answers the handshake, sends back a Close, and says hello at once. */
function server({ network }: Surroundings): void {
  network.listen(8080, (socket) => {
    let isOpen = false;
    socket.onData = () => {
      if (isOpen) {
        socket.write(close());
        socket.end();
        return;
      }
      isOpen = true;
      socket.write(asciiBytes('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'));
      socket.write(text('hello'));
    };
  });
}

function client({ network, clock }: Surroundings): void {
  const socket = network.connect(8080);
  socket.saw({ name: 'connection_started', url: 'ws://localhost:8080/' });
  socket.write(asciiBytes('GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n'));
  socket.onData = () => clock.set(() => socket.write(close(key)), 250, false);
  socket.onEnd = () => socket.end();
}

test('carries a conversation by the link’s conditions, and records it where the sandbox’s tap would', async () => {
  const { events, rest, errors } = await runPrograms({ server, A: client }, { latency: 100 });
  expect(errors).toEqual([]);
  expect(rest).toBe('quiet');
  const told = events.map(({ time, at, name, ...rest }) => [time, at, name, 'frame' in rest ? rest.frame : ''].join(' ').trim());
  expect(told).toEqual([
    '0 client connection_started',
    '0 socket handshake_sent',
    '100 server handshake_received',
    '100 server handshake_sent',
    '100 server connection_opened',
    '100 server frame_sent 0',
    '100 link frame_departed 0',
    '200 socket handshake_received',
    '200 socket frame_received 0',
    '450 socket frame_sent 0',
    '450 socket frame_sent 1',
    '450 link frame_departed 0',
    '450 link frame_departed 1',
    '550 server frame_received 0',
    '550 server frame_received 1',
    '550 server frame_sent 1',
    '550 link frame_departed 1',
    '650 socket frame_received 1',
    '750 server connection_closed',
  ]);
  expect(effectsBeforeCauses({ ...emptyTrace(), connections: [{ id: 'A1', client: 'A', url: '' }], events })).toEqual([]);
});

test('the same programs, seed and link give the same run to the last byte, and another seed another one', async () => {
  const run = async (seed: number) =>
    JSON.stringify((await runPrograms({ server, A: client, B: client }, { latency: 40, jitter: 80, loss: 20, seed })).events);
  expect(await run(7)).toBe(await run(7));
  expect(await run(8)).not.toBe(await run(7));
});

test('a cut closes the connection for both ends, and what was on the way is lost', async () => {
  const { events, rest } = await runPrograms({ server, A: client }, { latency: 100, cut: 150 });
  expect(rest).toBe('quiet');
  const ends = events.filter(({ name }) => /link_cut|dropped|closed/.test(name));
  expect(ends).toMatchObject([
    { time: 150, name: 'frame_dropped', reason: 'The link was cut.' },
    { time: 150, name: 'link_cut' },
    { time: 150, name: 'connection_closed', code: 1006, wasClean: false },
  ]);
});

test('a connection to a port on which nobody listens is refused, and a port can be listened on once', async () => {
  const heard: string[] = [];
  const { errors } = await runPrograms({
    server: ({ network }) => {
      network.listen(8080, () => undefined);
      network.listen(8080, () => undefined);
    },
    A: ({ network }) => {
      const socket = network.connect(9090);
      socket.onRefused = () => heard.push('refused');
      socket.onClose = () => heard.push('closed');
    },
  });
  expect(heard).toEqual(['refused', 'closed']);
  expect(errors).toMatchObject([{ name: 'PortInUse', port: 8080 }]);
});

test('records what a client sees of a connection that was refused, or that is gone', async () => {
  const { events } = await runPrograms({
    server: ({ network }) => {
      network.listen(8080, (socket) => (socket.onData = () => socket.destroy()));
    },
    A: ({ network }) => {
      for (const port of [8080, 9090]) {
        const socket = network.connect(port);
        socket.saw({ name: 'connection_started', url: '' });
        socket.write(asciiBytes('GET / HTTP/1.1\r\n\r\n'));
        socket.onEnd = () => socket.end();
        socket.onClose = () => socket.saw({ name: 'connection_closed', code: 1006, reason: '', wasClean: false });
      }
    },
  });
  const seen = events
    .filter(({ at, name }) => at === 'client' && name === 'connection_closed')
    .map(({ connection }) => connection);
  expect(seen.sort()).toEqual(['A1', 'A2']);
});

test('a loop that waits for the clock ends, and ten minutes of timers take no time', async () => {
  let ticks = 0;
  let waited = 0;
  const { now, rest } = await runPrograms(
    {
      A: ({ clock }) => {
        const until = clock.read() + 20;
        while (clock.read() < until) waited++;
        clock.set(() => ticks++, 1000, true);
      },
    },
    {},
    { until: 600_000 },
  );
  expect([ticks, rest]).toEqual([599, 'time']);
  expect(waited).toBeGreaterThan(1000);
  expect(now).toBeLessThan(600_000);
});
