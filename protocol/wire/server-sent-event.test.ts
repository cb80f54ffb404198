import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeComment, encodeEvent, EventStreamParser, type ServerSentEvent } from './server-sent-event.ts';

const parse = (...pieces: string[]): ServerSentEvent[] => {
  const parser = new EventStreamParser();
  return pieces.flatMap((piece) => parser.push(piece));
};
const message = (data: string, lastEventId = ''): ServerSentEvent => ({ type: 'message', data, lastEventId });

test('the examples of HTML §9.2 give the events that the standard says', () => {
  expect(parse('data: This is the first message.\n\ndata: This is the second message, it\ndata: has two lines.\n\n')).toEqual([
    message('This is the first message.'),
    message('This is the second message, it\nhas two lines.'),
  ]);
  expect(parse('event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n')).toEqual([
    { type: 'add', data: '73857293', lastEventId: '' },
    { type: 'remove', data: '2153', lastEventId: '' },
    { type: 'add', data: '113411', lastEventId: '' },
  ]);
  expect(parse('data: YHOO\ndata: +2\ndata: 10\n\n')).toEqual([message('YHOO\n+2\n10')]);
  expect(parse(': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n')).toEqual([
    message('first event', '1'),
    message('second event'),
    message(' third event'),
  ]);
  expect(parse('data\n\ndata\ndata\n\ndata:')).toEqual([message(''), message('\n')]);
  expect(parse('data:test\n\ndata: test\n\n')).toEqual([message('test'), message('test')]);
});

test('a block without data dispatches nothing, but its id and its retry count', () => {
  const parser = new EventStreamParser();
  expect(parser.push('retry: 2000\nid: 7\n')).toEqual([]);
  expect(parser.lastEventId).toBe('');
  expect(parser.push('\n')).toEqual([]);
  expect([parser.lastEventId, parser.retry]).toEqual(['7', 2000]);
  expect(parser.push('data: x\n\n')).toEqual([message('x', '7')]);
});

test('ignores a retry that is not digits, an id with NUL, and unknown fields', () => {
  const parser = new EventStreamParser();
  expect(parser.push('retry: 1e3\nretry: -1\nid: a\0b\nname: x\n data: not data\ndata: y\n\n')).toEqual([message('y')]);
  expect(parser.retry).toBeUndefined();
});

test('lines may end with CRLF, LF or CR, and a CRLF cut in two is one ending', () => {
  expect(parse('data: a\r\ndata: b\rdata: c\n\r\n')).toEqual([message('a\nb\nc')]);
  expect(parse('data: a\r', '\ndata: b\r', '', '\n\r', '\n')).toEqual([message('a\nb')]);
});

test('parses what was encoded wherever the stream is cut, with line endings as line feeds', () => {
  const line = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\r\n\0]/g, ''));
  const data = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('\r', '\n', '\r\n', ':', ' ')));
  const fields = fc.record({ event: line, id: line, data: data.map((parts) => parts.join('')) }, { requiredKeys: ['data'] });
  const cuts = fc.array(fc.nat(40), { maxLength: 20 });
  fc.assert(
    fc.property(fc.array(fields, { maxLength: 6 }), cuts, (events, lengths) => {
      const stream = events.map((event) => `${encodeEvent(event)}${encodeComment(event.data)}`).join('');
      const pieces: string[] = [];
      let at = 0;
      for (const length of lengths) pieces.push(stream.slice(at, (at += length)));
      pieces.push(stream.slice(at));
      let lastEventId = '';
      const expected = events.map(({ event, id, data: sent }) => {
        lastEventId = id ?? lastEventId;
        return { type: event || 'message', data: sent.replace(/\r\n|\r/g, '\n'), lastEventId };
      });
      expect(parse(...pieces)).toEqual(expected);
    }),
  );
});

test('accepts any text, and gives the same events however it is cut', () => {
  const text = fc
    .array(fc.constantFrom('data', 'id', 'event', 'retry', ':', ' ', '\r', '\n', '\r\n', 'x', '7', '\0'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (stream) => {
      expect(parse(...stream)).toEqual(parse(stream));
    }),
  );
});

test('a field that the format cannot carry is refused', () => {
  expect(() => encodeEvent({ event: 'a\nb' })).toThrow('Cannot encode event: "event" must be one line, but this one has several');
  expect(() => encodeEvent({ id: 'a\0' })).toThrow('a client ignores an id that contains NUL');
  expect(() => encodeEvent({ retry: 1.5 })).toThrow('retry is 1.5');
});
