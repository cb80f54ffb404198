import { join } from 'node:path';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recordedTraces } from '../../../protocol/export/corpus-for-tests.ts';
import { readTrace, type Trace, type TraceEvent } from '../../../protocol/trace/trace.ts';
import { indexOf } from '../../../protocol/trace/flight-index.ts';
import { readConversation } from '../conversation/conversation.ts';
import { Transcript, timeOf } from './transcript.ts';
import { lineWords } from './transcript-words.ts';

function told({ connections, events }: Pick<Trace, 'connections' | 'events'>) {
  const index = indexOf({ events });
  const transcript = new Transcript(index);
  transcript.read(events);
  const lines = transcript.lines();
  const conversation = readConversation({ connections, events }, index.flights);
  return { lines, words: lines.map((line) => lineWords(line, conversation)) };
}

const folder = join(import.meta.dirname, '..');
const situations = globSync('situations/*/trace.json', { cwd: folder }).map((path): [string, Trace] => [
  path,
  readTrace(readFileSync(join(folder, path), 'utf8')),
]);

describe.each([...recordedTraces(), ...situations])('the transcript of %s', (_, trace) => {
  const { lines, words } = told(trace);

  test('covers every event of the trace once, and nothing else', () => {
    const events = lines.flatMap((line) => line.events);
    expect(events).toHaveLength(trace.events.length);
    expect(new Set(events)).toEqual(new Set(trace.events));
  });

  test('is in the order of time, each line at one of its events or at the departure of its frame in the picture', () => {
    const times = lines.map(timeOf);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const line of lines) {
      if (line.of === 'flight' && line.step === 'departed') {
        expect(timeOf(line)).toBe(line.flight.departedAt);
        continue;
      }
      // To the microsecond, because recorded traces are rounded to it.
      expect(Math.min(...line.events.map(({ time }) => Math.abs(time - timeOf(line))))).toBeLessThan(0.002);
    }
  });

  test('says who sent each captured frame and how many bytes it carried, in its own words', () => {
    for (const [i, line] of lines.entries()) {
      const sent = line.events.find((event) => event.name === 'frame_sent');
      if (!sent) continue;
      const from = sent.direction === 'server-to-client' ? 'the server' : `client ${sent.connection.replace(/\d+$/, '')}`;
      expect(words[i]).toMatch(
        new RegExp(`^at [\\d.]+ m?s, ${from}( on \\w+)? sends .*, ${sent.length.toLocaleString('en')} byte`),
      );
    }
    expect(words.join('\n')).not.toMatch(/undefined|NaN|Infinity/);
  });

  test('has the new times when times that are already known are corrected', () => {
    const events = structuredClone(trace.events);
    for (const event of events) if (event.at !== 'client') event.time += 30;
    const [first, second] = [events.slice(0, events.length >> 1), events];
    const index = indexOf({ events: first });
    const transcript = new Transcript(index);
    transcript.read(first);
    transcript.lines();
    for (const [i, event] of events.entries()) event.time = (trace.events[i] as TraceEvent).time;
    index.reread(first);
    for (const event of second.slice(first.length)) index.add(event);
    transcript.read(second);
    const conversation = readConversation({ connections: trace.connections, events }, index.flights);
    const inWords = transcript.lines().map((line) => lineWords(line, conversation));
    expect([...inWords].sort()).toEqual([...words].sort());
  });

  test('is the same in whichever order the two ends reported', () => {
    const atClient = (event: TraceEvent): boolean => event.at === 'client';
    const clientFirst = [...trace.events.filter(atClient), ...trace.events.filter((event) => !atClient(event))];
    const clientLast = [...trace.events.filter((event) => !atClient(event)), ...trace.events.filter(atClient)];
    for (const events of [clientFirst, clientLast]) {
      const other = told({ ...trace, events });
      expect(other.lines.flatMap((line) => line.events)).toHaveLength(trace.events.length);
      expect(new Set(other.words)).toEqual(new Set(words));
    }
  });
});

const at = (time: number) => ({ time, connection: 'A1' }) as const;
const frame = {
  direction: 'client-to-server',
  fin: true,
  rsv: 0,
  opcode: 1,
  masked: false,
  length: 2,
  bytes: '81026869',
} as const;
const connections = [{ id: 'A1', client: 'A', url: '/echo' }];
const wordsOf = (...events: TraceEvent[]): string[] => told({ connections, events }).words;

test('a frame that is sent while others come the other way says how many', () => {
  expect(
    wordsOf(
      { ...at(1), ...frame, at: 'server', name: 'frame_sent', frame: 0, direction: 'server-to-client' },
      { ...at(1), at: 'link', name: 'frame_departed', frame: 0, direction: 'server-to-client' },
      { ...at(5), ...frame, at: 'socket', name: 'frame_sent', frame: 0 },
      { ...at(9), at: 'socket', name: 'frame_received', frame: 0, direction: 'server-to-client' },
    ),
  ).toEqual([
    'at 1.00 ms, the server sends text “hi”, 2 bytes',
    'at 5.00 ms, client A sends text “hi”, 2 bytes, while a frame from the server is in flight',
    'at 9.00 ms, client A receives text “hi”, 2 bytes, 8.00 ms after it was sent',
  ]);
});

test('tells of waiting, loss, a drop, a cut, a silence and what was left out', () => {
  expect(
    wordsOf(
      { ...at(0), ...frame, at: 'socket', name: 'frame_sent', frame: 0 },
      { ...at(20), at: 'link', name: 'frame_departed', frame: 0, direction: 'client-to-server', resent: 2 },
      { ...at(30), ...frame, at: 'socket', name: 'frame_sent', frame: 1 },
      { ...at(31), at: 'link', name: 'frame_dropped', frame: 1, direction: 'client-to-server', reason: 'The link is simplex.' },
      { ...at(40), at: 'socket', name: 'events_omitted', count: 1200 },
      { ...at(50), at: 'link', name: 'link_silenced' },
      { ...at(60), at: 'link', name: 'link_cut' },
      { ...at(70), at: 'server', name: 'frame_received', frame: 9, direction: 'client-to-server' },
    ),
  ).toEqual([
    'at 0 ms, client A sends text “hi”, 2 bytes',
    'at 20.0 ms, the link begins to carry text “hi”, 2 bytes, from client A, 20.0 ms after it was sent; it is lost 2 times and sent again, and all that follows waits for it',
    'at 30.0 ms, client A sends text “hi”, 2 bytes',
    'at 31.0 ms, the link drops text “hi”, 2 bytes, from client A: The link is simplex.',
    'at 40.0 ms, 1,200 events of client A left out: there were more than could be kept',
    'at 50.0 ms, the link of client A goes silent, and neither end is told',
    'at 60.0 ms, the link of client A is cut, and both ends notice',
    'at 70.0 ms, frame 10 from client A arrives; its bytes were not captured',
  ]);
});

test('says how long an exchange was held', () => {
  const request = { direction: 'client-to-server', exchange: 0 } as const;
  const response = { direction: 'server-to-client', exchange: 0, part: 0 } as const;
  const asked = { name: 'exchange_started', method: 'GET', target: '/long-poll/a' } as const;
  expect(
    wordsOf(
      { ...at(0), ...asked, at: 'client', request: 0, api: 'fetch' },
      { ...at(2), ...asked, at: 'socket', exchange: 0, request: 0 },
      { ...at(2), ...request, at: 'socket', name: 'request_sent', length: 40 },
      { ...at(2.1), ...request, at: 'link', name: 'request_departed' },
      { ...at(52), ...request, at: 'server', name: 'request_received' },
      { ...at(852), ...response, at: 'server', name: 'response_sent', status: 200, length: 12, final: true },
      { ...at(902), ...response, at: 'socket', name: 'response_received', final: true },
      { ...at(903), at: 'socket', name: 'exchange_ended', exchange: 0, complete: true },
      { ...at(904), at: 'client', name: 'response_received', direction: 'server-to-client', part: 0, status: 200, request: 0 },
      { ...at(905), at: 'client', name: 'chunk_read', chunk: 0, length: 12, request: 0 },
      { ...at(906), at: 'client', name: 'exchange_ended', complete: true, request: 0 },
    ),
  ).toEqual([
    'at 0 ms, client A asks GET /long-poll/a',
    'at 52.0 ms, the server receives GET /long-poll/a from client A, 52.0 ms after it was asked, and holds it for 800 ms',
    'at 852 ms, the server sends the response 200, 12 bytes, to GET /long-poll/a of client A',
    'at 902 ms, client A receives the response 200, 12 bytes, to GET /long-poll/a, 50.0 ms after it was sent',
    'at 903 ms, GET /long-poll/a of client A is answered in full',
    'at 904 ms, client A sees the response’s head, 200, of GET /long-poll/a',
    'at 905 ms, client A reads 12 bytes of the content of GET /long-poll/a',
    'at 906 ms, client A sees the end of GET /long-poll/a',
  ]);
});

test('tells of an event that this page does not know by its name', () => {
  const event = { ...at(1), at: 'client', name: 'something_new' } as unknown as TraceEvent;
  expect(wordsOf(event)).toEqual(['at 1.00 ms, client A: something new']);
});
