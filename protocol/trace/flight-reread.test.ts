import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FlightIndex } from './flight-index.ts';
import { readTrace, type TraceEvent } from './trace.ts';

const root = join(import.meta.dirname, '../..');
const traces = globSync(['content/**/trace.json', 'site/timeline/situations/*/trace.json'], { cwd: root });

test.each(traces)('%s: a reread with corrected times keeps the flight objects and equals a fresh read', (file) => {
  const { events } = readTrace(readFileSync(join(root, file), 'utf8'));
  const corrected = events.map((event): TraceEvent => ({ ...event }));
  // Stand in for the first estimate of the server's times: so far off that effects come before their causes.
  for (const event of corrected) if (event.at !== 'client') event.time -= 40;
  const index = new FlightIndex();
  for (const event of corrected) index.add(event);
  const [flights, exchanges] = [[...index.flights], [...index.exchanges]];

  for (const [i, event] of corrected.entries()) event.time = (events[i] as TraceEvent).time;
  index.reread(corrected);
  expect(index.flights).toHaveLength(flights.length);
  for (const [i, flight] of index.flights.entries()) expect(flight).toBe(flights[i]);
  for (const [i, exchange] of index.exchanges.entries()) expect(exchange).toBe(exchanges[i]);

  const fresh = new FlightIndex();
  for (const event of events) fresh.add(event);
  const told = ({ flights: all }: FlightIndex): object[] =>
    [...all].sort((a, b) => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1));
  expect(told(index)).toEqual(told(fresh));
});

test('events after a reread join the flights from before it', () => {
  const index = new FlightIndex();
  const sent: TraceEvent = { time: 5, at: 'client', connection: 'A1', name: 'message_sent', message: 0, kind: 'text', length: 0 };
  index.add(sent);
  sent.time = 7;
  index.reread([sent]);
  const frame = { connection: 'A1', direction: 'client-to-server', frame: 0 } as const;
  const wire = { fin: true, rsv: 0, opcode: 1, masked: true, length: 0, bytes: '818000000000' };
  index.add({ ...frame, ...wire, time: 8, at: 'socket', name: 'frame_sent', message: 0 });
  index.add({ ...frame, time: 9, at: 'server', name: 'frame_received' });
  expect(index.flights).toMatchObject([{ sentAt: 7, departedAt: 7, receivedAt: 9, frame: 0 }]);
});
