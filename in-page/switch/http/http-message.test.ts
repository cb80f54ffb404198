import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { asciiBytes } from '../../../protocol/wire/handshake.ts';
import { HttpMessage, type MessagePiece, requestFraming, responseFraming } from './http-message.ts';

const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 30 }), { maxLength: 5 });
const cuts = fc.array(fc.nat(12), { maxLength: 20 });

/** Cuts a stream into pieces. */
function cut(stream: Uint8Array, lengths: number[]): Uint8Array[] {
  let at = 0;
  const pieces = lengths.map((length) => stream.slice(at, (at += length)));
  return [...pieces, stream.slice(at)];
}

/** Returns what a message made of pieces of a stream, and what followed it. */
function readAll(message: HttpMessage, pieces: Uint8Array[]): { read: MessagePiece[]; rest: Uint8Array } {
  const read: MessagePiece[] = [];
  const rest: Uint8Array[] = [];
  for (const bytes of pieces) {
    if (message.isWhole) rest.push(bytes);
    else {
      const piece = message.take(bytes);
      read.push(piece);
      rest.push(piece.rest);
    }
  }
  return { read, rest: concatBytes(rest) };
}

test.each(['length', 'chunks', 'chunks with extensions and a trailer'])(
  'a message by %s is found whole, and what follows it, however it is cut',
  (framing) => {
    fc.assert(
      fc.property(parts, cuts, fc.uint8Array({ maxLength: 10 }), (data, lengths, after) => {
        const content = concatBytes(data);
        const isPlain = framing === 'chunks';
        const chunks = data.flatMap((part) => [
          asciiBytes(`${part.length.toString(16)}${isPlain ? '' : ' ;x=1'}\r\n`),
          part,
          asciiBytes('\r\n'),
        ]);
        const last = asciiBytes(isPlain ? '0\r\n\r\n' : '000\r\nX-Sum: 1\r\n\r\n');
        const body = framing === 'length' ? content : concatBytes([...chunks, last]);
        const field = framing === 'length' ? `Content-Length: ${content.length}` : 'Transfer-Encoding: chunked';
        const written = concatBytes([asciiBytes(`POST / HTTP/1.1\r\n${field}\r\n\r\n`), body]);
        const message = new HttpMessage(requestFraming);
        const { read, rest } = readAll(message, cut(concatBytes([written, after]), lengths));
        expect(concatBytes(read.flatMap((piece) => piece.content))).toEqual(content);
        expect(concatBytes(read.map(({ bytes }) => bytes))).toEqual(written);
        expect(rest).toEqual(after);
        expect([message.isWhole, message.isBroken]).toEqual([true, false]);
      }),
    );
  },
);

describe('a response to', () => {
  const framed = (head: string, method = 'GET'): string => {
    const message = new HttpMessage((response) => responseFraming(response, method));
    message.take(asciiBytes(`${head}\r\n\r\n`));
    return message.isWhole ? 'whole' : message.endsWithStream ? 'lasts to the end' : 'goes on';
  };
  test.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5', 'whole'],
    ['GET', 'HTTP/1.1 200 OK\r\nContent-Length: 5', 'goes on'],
    ['GET', 'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked', 'whole'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5', 'whole'],
    ['GET', 'HTTP/1.1 200 OK\r\nContent-Length: 0', 'whole'],
    ['GET', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 0', 'goes on'],
    ['GET', 'HTTP/1.0 200 OK', 'lasts to the end'],
    ['GET', 'HTTP/1.1 103 Early Hints', 'goes on'],
  ])('%s with %j %s', (method, head, expected) => {
    expect(framed(head, method)).toBe(expected);
  });
});

test('after a head of 1xx the response itself follows', () => {
  const message = new HttpMessage((response) => responseFraming(response, 'GET'));
  const first = message.take(asciiBytes('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'));
  expect([first.head?.startLine, first.isWhole]).toEqual(['HTTP/1.1 103 Early Hints', false]);
  const second = message.take(first.rest);
  expect([second.head?.startLine, second.isWhole, second.content]).toEqual(['HTTP/1.1 200 OK', true, [asciiBytes('hi')]]);
});

test('a chunk whose size is no number is broken, and nothing after it is read', () => {
  const message = new HttpMessage(requestFraming);
  message.take(asciiBytes('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nzz\r\n'));
  expect([message.isBroken, message.isWhole]).toEqual([true, false]);
  expect(message.take(asciiBytes('2\r\nhi\r\n0\r\n\r\n')).content).toEqual([]);
});
