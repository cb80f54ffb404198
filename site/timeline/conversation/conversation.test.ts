import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { ConversationReader } from './conversation.ts';
import { DrawnFlights } from './drawn-flights.ts';
import { visibleFlights } from './visible-flights.ts';
import { connection, conversationOf, textFlight } from '../testing/flights-for-tests.ts';
import { preview } from './payload-preview.ts';

test('halving finds exactly the frames in a stretch of time that looking at each would', () => {
  const time = fc.integer({ min: 0, max: 1000 });
  const flight = fc.record({ sentAt: time, takes: fc.option(time, { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(flight, { maxLength: 40 }), time, time, (seen, from, length) => {
      const flights = seen.map(({ sentAt, takes }) =>
        textFlight(sentAt, { receivedAt: takes === undefined ? undefined : sentAt + takes }),
      );
      const found = new Set(conversationOf(flights).between(from, from + length));
      const wanted = flights.filter(({ sentAt, receivedAt = Infinity }) => sentAt <= from + length && receivedAt >= from);
      expect(found).toEqual(new Set(wanted));
    }),
  );
});

test('the times of connections follow when times that are already known are corrected', () => {
  const on = { connection: 'A1' } as const;
  const events: TraceEvent[] = [
    { ...on, time: 1, at: 'client', name: 'connection_started', url: '/echo' },
    { ...on, time: 2, at: 'server', name: 'connection_opened' },
    { ...on, time: 8, at: 'link', name: 'link_cut' },
    { ...on, time: 9, at: 'server', name: 'connection_closed', code: 1006, reason: '', wasClean: false },
  ];
  const reader = new ConversationReader({ trace: { connections: [connection('A1')], events }, flights: [], changes: [] });
  reader.read();
  for (const event of events) event.time += 100;
  expect(reader.read().connections).toMatchObject([
    { startedAt: 101, openedAt: { server: 102 }, linkEnds: [{ time: 108, kind: 'cut' }], closed: { server: { time: 109 } } },
  ]);
});

test('a conversation that grew and changed reads as if it had been whole from the beginning', () => {
  const time = fc.integer({ min: 0, max: 5000 });
  const step = fc.record({ sentAt: time, takes: time, isNew: fc.boolean(), which: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 900 }), time, time, (steps, from, length) => {
      const flights: ReturnType<typeof textFlight>[] = [];
      const changes: typeof flights = [];
      const reader = new ConversationReader({ trace: { connections: [], events: [] }, flights, changes });
      for (const [i, { sentAt, takes, isNew, which }] of steps.entries()) {
        const known = flights[which % (flights.length || 1)];
        if (isNew || !known) flights.push(textFlight(sentAt, { receivedAt: undefined }));
        else {
          Object.assign(known, { sentAt: Math.min(known.sentAt, sentAt), receivedAt: known.sentAt + takes });
          changes.push(known);
        }
        if (i % 100 === 0) reader.read();
      }
      const grown = reader.read();
      const whole = conversationOf(flights);
      expect(new Set(grown.between(from, from + length))).toEqual(new Set(whole.between(from, from + length)));
      expect(grown.end).toBe(whole.end);
      expect(grown.flights).toEqual(whole.flights);
      const all = [connection('A1')];
      expect(grown.duplexOf(all)).toEqual(whole.duplexOf(all));
      const drawn = ({ drawn }: typeof grown) =>
        drawn(from, from + length, [all], { visibleFlights, DrawnFlights, perMs: 0.01, keep: undefined });
      expect(drawn(grown)).toEqual(drawn(whole));
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['its text', textFlight(0, { text: 'Hello' }), 'Hello'],
  ['text with what would break a line made visible', textFlight(0, { text: 'a\r\nb\u202e' }), 'a↵b·'],
  ['bytes of a binary frame', textFlight(0, { text: 'Hi', opcode: 2 }), '48 69'],
  ['code and reason of a close frame', textFlight(0, { text: '\u0003\u0068done', opcode: 8 }), '872 done'],
  ['the start line of a handshake', handshake('GET /echo HTTP/1.1\r\nHost: x\r\n\r\n'), 'GET /echo'],
  ['the status of its answer', handshake('HTTP/1.1 101 Switching Protocols\r\n\r\n'), '101'],
  ['nothing before it is captured', textFlight(0, { captured: undefined }), ''],
  ['compressed payload as what it is', compressed(), 'compressed, 5 B'],
])('a preview is %s', (_, flight, text) => {
  expect(preview(flight)).toBe(text);
});

function handshake(http: string) {
  const bytes = Buffer.from(http).toString('hex');
  return textFlight(0, {
    kind: 'handshake',
    captured: { fin: true, rsv: 0, opcode: 0, masked: false, length: http.length, bytes },
  });
}

function compressed() {
  const flight = textFlight(0);
  return { ...flight, isCompressed: true, captured: flight.captured && { ...flight.captured, rsv: 4 } };
}
