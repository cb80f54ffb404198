import { describe, expect, test } from 'vitest';
import { emptyTrace, type Trace, type TraceEvent } from '../../../protocol/trace/trace.ts';
import check from './check.ts';
import { comeApart } from './stampede.ts';

const room = '/broadcast/~numbers';

/** Clients with a station each, whose listeners begin at these times, ms. */
function runOf(beginnings: Record<string, readonly number[]>): Trace {
  const connections: Trace['connections'] = [];
  const events: TraceEvent[] = [];
  for (const [client, times] of Object.entries(beginnings)) {
    for (const [i, time] of [0, ...times].entries()) {
      const id = `${client}${i + 1}`;
      connections.push({ id, client, url: room });
      events.push({ time, at: 'client', connection: id, name: 'connection_started', url: room });
    }
    events.push({ time: 200, at: 'client', connection: `${client}1`, name: 'message_sent', message: 0, kind: 'text', length: 8 });
  }
  return { ...emptyTrace('in-page'), connections, events: events.sort((a, b) => a.time - b.time) };
}
const verdict = (trace: Trace): [passed: boolean, message: string] => {
  const { passed, message } = comeApart(trace, []);
  return [passed, message];
};

const doubling = [40, 1130, 2270, 3510, 4950, 6790];

describe('clients that lose their connections together', () => {
  test('and come back together each time are named, with the times', () => {
    expect(verdict(runOf({ A: [40, 1200, 2400, 3500], B: doubling, C: doubling }))).toEqual([
      false,
      expect.stringMatching(/^Clients B and C .* came back together each time, at 1130, 2270, 3510, 4950, 6790 ms\./),
    ]);
  });

  test('pass where they meet once, and go apart again', () => {
    const other = [40, 1135, 2400, 3500, 4700, 6100];
    expect(verdict(runOf({ A: doubling, B: other }))).toEqual([true, '2 clients came back apart.']);
  });

  test('are not judged by fewer than three comings, which chance may bring together', () => {
    expect(verdict(runOf({ A: doubling.slice(0, 3), B: doubling.slice(0, 3) }))[0]).toBe(true);
    expect(verdict(runOf({ A: doubling.slice(0, 4), B: doubling.slice(0, 4) }))[0]).toBe(false);
  });
});

test('a run of several clients that come apart is not judged for what one hears, and says so', () => {
  const { passed, message } = check(runOf({ A: doubling, B: [40, 1300, 2600, 3700] }), []);
  expect([passed, message]).toEqual([false, expect.stringContaining('remove the others')]);
});
