import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTrace, type Trace, type TraceEvent } from '../protocol/trace.ts';
import { root } from './root.ts';
import { traceDifferences } from './trace-differences.ts';

const recorded = readTrace(readFileSync(join(root, 'content/3-5-text-and-binary/sizes/trace.json'), 'utf8'));

/** The trace with some of its events changed, or left out where the change is undefined. */
function changed(change: (event: TraceEvent) => TraceEvent | undefined): Trace {
  return { ...recorded, events: recorded.events.flatMap((event) => change(structuredClone(event)) ?? []) };
}

describe('a run', () => {
  it('agrees with itself', () => {
    expect(traceDifferences(recorded, recorded)).toEqual([]);
  });

  it('agrees with one whose frames were masked with other keys', () => {
    const run = changed((event) =>
      event.name === 'frame_sent' && event.bytes === '81835f39e43ebdbb48' ? { ...event, bytes: '818300000000e282ac' } : event,
    );
    expect(traceDifferences(recorded, run)).toEqual([]);
  });

  it('differs where a payload is another one, and the sentence names both', () => {
    const run = changed((event) =>
      event.name === 'frame_sent' && event.bytes === '8103e282ac' ? { ...event, bytes: '8103414243' } : event,
    );
    expect(traceDifferences(recorded, run)).toEqual([
      'A1 /echo, server-to-client, number 3: the trace has text, 3 bytes "€", the run text, 3 bytes "ABC"',
    ]);
    expect(traceDifferences(recorded, run, { payloads: 'for the test' })).toEqual([]);
  });

  it('differs where it ended in another way', () => {
    const run = changed((event) => (event.name === 'connection_closed' ? { ...event, code: 1006, wasClean: false } : event));
    expect(traceDifferences(recorded, run).join()).toContain('closed 1000 "done", clean, the run closed 1006 "done", not clean');
  });

  it('differs where a frame is missing, unless frames may differ', () => {
    const run = changed((event) => ('frame' in event && event.frame === 4 ? undefined : event));
    expect(traceDifferences(recorded, run)[0]).toContain('number 6: the trace has binary, masked, 13 bytes');
    expect(traceDifferences(recorded, run, { frames: 'for the test' })).toEqual([]);
  });

  it('differs where its frames are on the way for much longer', () => {
    const run = changed((event) =>
      event.name === 'frame_received' || event.name === 'message_received' ? { ...event, time: event.time + 100 } : event,
    );
    expect(traceDifferences(recorded, run)).toEqual([
      expect.stringMatching(/^a frame client-to-server took 100 ms in the trace and 200 ms in the run$/),
      expect.stringMatching(/^a frame server-to-client took 10\d ms in the trace and 20\d ms in the run$/),
    ]);
    expect(traceDifferences(recorded, run, { times: 'for the test' })).toEqual([]);
    expect(traceDifferences(recorded, run, { ways: 'for the test' })).toEqual([]);
  });

  it('differs where it takes much longer, though how long its frames are on the way may differ', () => {
    const run = changed((event) => (event.name === 'connection_closed' ? { ...event, time: event.time + 5000 } : event));
    expect(traceDifferences(recorded, run, { ways: 'for the test' })).toEqual([expect.stringMatching(/^all of it took/)]);
    expect(traceDifferences(recorded, run, { times: 'for the test' })).toEqual([]);
  });
});

describe('a run over HTTP', () => {
  const polled = readTrace(readFileSync(join(root, 'content/2-1-request-and-response/silence/trace.json'), 'utf8'));

  it('agrees with one of a browser that says other things of itself in its requests', () => {
    const events = polled.events.map((event) =>
      event.name === 'request_sent' && event.bytes !== undefined
        ? { ...event, bytes: event.bytes.replace(/0d0a0d0a/, '0d0a583a20790d0a0d0a') }
        : event,
    );
    expect(events).not.toEqual(polled.events);
    expect(traceDifferences(polled, { ...polled, events })).toEqual([]);
  });

  it('differs where an answer is another one', () => {
    const events = polled.events.map((event) => ('status' in event ? { ...event, status: 503 } : event));
    expect(traceDifferences(polled, { ...polled, events })[0]).toMatch(
      /exchanges, number 1: the trace has POST .* → 201.*, the run POST .* → 503/,
    );
  });
});
