import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Trace, TraceEvent } from '../../../protocol/trace/trace.ts';
import { exchange } from '../testing/over-http.ts';

/** A recorded run on the live network. */
const recorded = (example: string): Trace => JSON.parse(readFileSync(`content/${example}/trace.json`, 'utf8')) as Trace;

/** Returns the events of the first request on a connection, without what differs by its nature: times, bytes, and counts of the run. */
function firstRequest({ events }: Trace, connection: string): object[] {
  const of = events.filter((event) => event.connection === connection && 'request' in event && event.request === 0);
  return of.map((event: TraceEvent) => {
    const { time: _, connection: _connection, ...fields } = event;
    const length = 'bytes' in event ? 'some' : 'length' in event ? event.length : 'none';
    const some = Object.fromEntries(
      ['bytes', 'exchange', 'socket', 'target'].filter((name) => name in event).map((name) => [name, 'some']),
    );
    return { ...fields, ...some, length };
  });
}

test('one poll has the events of a recorded one: names, vantage points and fields, in their order', async () => {
  const { trace } = await exchange(
    (_, res) => void res.setHeader('Content-Type', 'application/json').end('{"messages":[{"id":1,"data":"item 1"}],"last":1}'),
    async ({ fetch }) => void (await (await fetch('/poll/~news?after=0')).json()),
    { latency: 20 },
  );
  const live = firstRequest(recorded('2-2-short-polling/every-second'), 'A2');
  expect(live.length).toBe(12);
  expect(firstRequest(trace, 'A1')).toEqual(live);
});

test('a stream of events begins like a recorded one', async () => {
  const { trace } = await exchange(
    (_, res, { clock }) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
      res.write('retry: 300\nid: 0\n\n');
      clock.set(() => res.write('id: 1\ndata: one\n\n'), 200, false);
    },
    ({ EventSource, clock }) => {
      const source = new EventSource('/events/~choir?retry=300');
      clock.set(() => source.close(), 1000, false);
    },
    { latency: 60 },
  );
  const live = firstRequest(recorded('2-4-server-sent-events/stream'), 'A1').slice(0, 16);
  expect(live.at(-1)).toMatchObject({ at: 'client', name: 'event_received', event: 0 });
  expect(firstRequest(trace, 'A1').slice(0, 16)).toEqual(live);
});
