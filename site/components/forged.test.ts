import { describe, expect, test } from 'vitest';
import check from '../../content/3-8-closing/with-a-reason/check.ts';
import { flightsOf } from '../../protocol/trace/flight-index.ts';
import { Opcode } from '../../protocol/wire/frame.ts';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { readMessage } from '../runner/read-message.ts';
import { ConsoleLog } from '../playground/console-log.ts';
import { pageClock } from '../playground/clocks/page-clock.ts';
import { Run } from '../playground/run/run.ts';
import { ServerClock } from '../playground/clocks/server-clock.ts';

function startRun(): { run: Run; log: ConsoleLog } {
  const log = new ConsoleLog();
  const run = new Run({
    session: {
      base: 'ws://localhost:4321/s/x',
      clock: ServerClock.of({ offsetMs: 0, uncertaintyMs: 0 }),
      isOpen: () => true,
      realign: () => undefined,
      setConditions: () => Promise.resolve(),
      close: () => undefined,
    },
    file: 'client.ts',
    log,
    clients: () => 1,
    latency: () => 0,
    onProgramError: () => undefined,
    onRest: () => undefined,
  });
  return { run, log };
}

const at = { at: 'client', connection: 'A1' } as const;
/** The events a program would have to report to pass exercise 3.8 without opening a socket. */
const forged: Record<string, unknown>[] = [
  { ...at, name: 'connection_started', url: '/ticker?every=200&count=5&close=1' },
  { ...at, name: 'connection_opened' },
  { ...at, name: 'close_called', code: 4001, reason: 'forged' },
  { ...at, name: 'connection_closed', code: 4001, reason: 'forged', wasClean: true },
];
const closeFrame = {
  connection: 'A1',
  at: 'socket',
  name: 'frame_sent',
  direction: 'client-to-server',
  frame: 0,
  fin: true,
  rsv: 0,
  opcode: Opcode.close,
  masked: false,
  length: 8,
  bytes: '88080fa1666f72676564',
};
const passes = (run: Run): boolean => {
  const trace = run.store.document();
  return check(trace, flightsOf(trace)).passed;
};

describe('a program that reports a connection it never opened', () => {
  test('would pass exercise 3.8 if the page believed what it reports for both ends', () => {
    const { run } = startRun();
    const all = [...forged.slice(0, 2), closeFrame, ...forged.slice(2)].map((event) => ({ time: pageClock(), ...event }));
    run.store.addFromClient(all as unknown as TraceEvent[]);
    expect(passes(run)).toBe(true);
  });

  test('cannot speak for the socket: the page rejects such a message', () => {
    const event = { time: 0, ...closeFrame };
    expect(() => readMessage({ type: 'batch', items: [{ type: 'event', event }] }, 'A')).toThrow();
  });

  test('is not believed when the tap saw nothing: the trace keeps only its start, the exercise is not passed, and the console says so', async () => {
    const { run, log } = startRun();
    for (const event of forged) run.take('A', { type: 'event', event: { time: pageClock(), ...event } as unknown as TraceEvent });
    run.end();
    await Promise.resolve();
    expect(run.store.trace.events.map(({ name }) => name)).toEqual(['connection_started']);
    expect(passes(run)).toBe(false);
    expect(log.latest('note')?.text).toContain('The sandbox saw nothing of A1');
  });
});
