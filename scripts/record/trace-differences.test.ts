import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTrace, type Trace, type TraceEvent } from '../../protocol/trace/trace.ts';
import { root } from '../root.ts';
import { traceDifferences } from './trace-differences.ts';

const recorded = readTrace(readFileSync(join(root, 'content/3-5-text-and-binary/sizes/trace.json'), 'utf8'));

/** Returns the trace with each event changed, or left out if `change` returns undefined. */
function changed(change: (event: TraceEvent) => TraceEvent | undefined): Trace {
  return { ...recorded, events: recorded.events.flatMap((event) => change(structuredClone(event)) ?? []) };
}

/** Returns true for the frame with the client's three bytes. Its masking key differs between recordings. */
const isEuro = (event: TraceEvent): event is TraceEvent & { name: 'frame_sent' } =>
  event.name === 'frame_sent' && event.bytes?.startsWith('8183') === true;

describe('a run', () => {
  it('agrees with itself', () => {
    expect(traceDifferences(recorded, recorded)).toEqual([]);
  });

  it('agrees with one whose frames were masked with other keys', () => {
    const run = changed((event) => (isEuro(event) ? { ...event, bytes: '818300000000e282ac' } : event));
    expect(run).not.toEqual(recorded);
    expect(traceDifferences(recorded, run)).toEqual([]);
  });

  it('differs if a payload differs, and the sentence names both', () => {
    const run = changed((event) =>
      event.name === 'frame_sent' && event.bytes === '8103e282ac' ? { ...event, bytes: '8103414243' } : event,
    );
    expect(traceDifferences(recorded, run)).toEqual([
      'A1 /echo, server-to-client, number 3: the trace has text, 3 bytes "€", the run text, 3 bytes "ABC"',
    ]);
    expect(traceDifferences(recorded, run, { payloads: 'for the test' })).toEqual([]);
  });

  it('agrees with one whose client compresses differently if that may vary, as long as the echoes are the same', () => {
    const varies = { compression: 'for the test' };
    const sent = changed((event) => (isEuro(event) ? { ...event, rsv: 4, length: 2, bytes: 'c182000000004142' } : event));
    expect(traceDifferences(recorded, sent)).toHaveLength(1);
    expect(traceDifferences(recorded, sent, varies)).toEqual([]);
    const answered = changed((event) =>
      event.name === 'frame_sent' && event.bytes === '8103e282ac' ? { ...event, bytes: '8103414243' } : event,
    );
    expect(traceDifferences(recorded, answered, varies)).toHaveLength(1);
  });

  it('differs if it ended in another way', () => {
    const run = changed((event) => (event.name === 'connection_closed' ? { ...event, code: 1006, wasClean: false } : event));
    expect(traceDifferences(recorded, run).join()).toContain('closed 1000 "done", clean, the run closed 1006 "done", not clean');
  });

  it('differs if a frame is missing, unless frames may vary', () => {
    const run = changed((event) => ('frame' in event && event.frame === 4 ? undefined : event));
    expect(traceDifferences(recorded, run)[0]).toContain('number 6: the trace has binary, masked, 13 bytes');
    expect(traceDifferences(recorded, run, { frames: 'for the test' })).toEqual([]);
  });

  it('agrees with a longer or shorter one as far as both go, if the number may vary', () => {
    const isLate = (event: TraceEvent): boolean =>
      ('frame' in event && event.frame > 3) || ('message' in event && (event.message ?? 0) > 3);
    const shorter = changed((event) => (isLate(event) ? undefined : event));
    expect(traceDifferences(recorded, shorter)).not.toEqual([]);
    expect(traceDifferences(recorded, shorter, { number: 'for the test' })).toEqual([]);
    expect(traceDifferences(shorter, recorded, { number: 'for the test' })).toEqual([]);
    const other = changed((event) =>
      event.name === 'frame_sent' && event.bytes === '8103e282ac' ? { ...event, bytes: '8103414243' } : event,
    );
    expect(traceDifferences(shorter, other, { number: 'for the test' })).toHaveLength(1);
  });

  it('agrees with one on a busy machine, however late anything was', () => {
    let [late, before] = [0, 0];
    const run = changed((event) => {
      // Delay each event a little more, by up to a second at once, so that the order stays.
      late += Math.max(0, event.time - before) * 3 + (event.at === 'client' ? 40 : 7);
      before = Math.max(before, event.time);
      return { ...event, time: event.time + late };
    });
    expect(traceDifferences(recorded, run)).toEqual([]);
  });

  it('differs if the link takes another time for a frame, however little the difference', () => {
    const longer = changed((event) => ('takes' in event ? { ...event, takes: (event.takes ?? 0) + 0.5 } : event));
    expect(traceDifferences(recorded, longer)).toContain(
      'A1, frame 0, client-to-server: the link took 100 ms for it in the trace, and 100.5 ms in the run',
    );
    const without = changed((event) => {
      if ('takes' in event) delete event.takes;
      return event;
    });
    expect(traceDifferences(recorded, without)).toHaveLength(2);
  });

  it('differs if a frame arrived sooner than the link carries it', () => {
    const run = changed((event) =>
      event.name === 'frame_received' && event.at === 'server' && event.frame === 2 ? { ...event, time: event.time - 30 } : event,
    );
    expect(traceDifferences(recorded, run)).toEqual([
      expect.stringMatching(/^A1, frame 2, client-to-server: received 7\d\.\d+ ms after it was sent, and the link takes 100 ms$/),
    ]);
  });

  it('ignores differences within the uncertainty of the server’s clock', () => {
    const { uncertaintyMs } = recorded.clock;
    const sent = recorded.events.find((event) => event.name === 'frame_sent' && event.at === 'socket' && event.frame === 2);
    // The link takes 100 ms.
    const received = (ms: number): Trace =>
      changed((event) =>
        event.name === 'frame_received' && event.at === 'server' && event.frame === 2
          ? { ...event, time: (sent?.time ?? 0) + 100 - ms }
          : event,
      );
    expect(uncertaintyMs).toBeGreaterThan(0);
    expect(traceDifferences(recorded, received(uncertaintyMs))).toEqual([]);
    expect(traceDifferences(recorded, received(uncertaintyMs + 0.01))).toHaveLength(1);
  });

  it('differs if the whole run took much less time', () => {
    const flood = readTrace(readFileSync(join(root, 'content/3-7-ping-and-pong/heartbeat/trace.json'), 'utf8'));
    const { time = 0 } = flood.events.at(-1) ?? {};
    const events = flood.events.filter((event) => event.time < time / 2);
    const run = {
      ...flood,
      events: [...events, ...flood.events.slice(events.length).map((event) => ({ ...event, time: time / 2 }))],
    };
    expect(traceDifferences(flood, run).join('\n')).toMatch(/all of it took \d+ ms in the trace and \d+ ms in the run/);
  });
});

describe('a run over HTTP', () => {
  const polled = readTrace(readFileSync(join(root, 'content/2-1-request-and-response/silence/trace.json'), 'utf8'));

  it('agrees with one in a browser that sends other request fields', () => {
    const events = polled.events.map((event) =>
      event.name === 'request_sent' && event.bytes !== undefined
        ? { ...event, bytes: event.bytes.replace(/0d0a0d0a/, '0d0a583a20790d0a0d0a') }
        : event,
    );
    expect(events).not.toEqual(polled.events);
    expect(traceDifferences(polled, { ...polled, events })).toEqual([]);
  });

  it('differs if a response differs', () => {
    const events = polled.events.map((event) => ('status' in event ? { ...event, status: 503 } : event));
    expect(traceDifferences(polled, { ...polled, events })[0]).toMatch(
      /exchanges, number 1: the trace has POST .* → 201.*, the run POST .* → 503/,
    );
  });
});
