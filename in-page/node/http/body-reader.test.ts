import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { asciiBytes } from '../../../protocol/wire/handshake.ts';
import { bodyReader } from './body-reader.ts';

const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 30 }), { maxLength: 5 });
const cuts = fc.array(fc.nat(12), { maxLength: 20 });

/** Cuts a stream into pieces. */
function cut(stream: Uint8Array, lengths: number[]): Uint8Array[] {
  let at = 0;
  const pieces = lengths.map((length) => stream.slice(at, (at += length)));
  return [...pieces, stream.slice(at)];
}

test.each(['content-length', 'transfer-encoding'])(
  'a body by %s is found whole, and what follows it, however it is cut',
  (name) => {
    fc.assert(
      fc.property(parts, cuts, fc.uint8Array({ maxLength: 10 }), (data, lengths, after) => {
        const body = concatBytes(data);
        const chunks = data.flatMap((part) => [asciiBytes(`${part.length.toString(16)}\r\n`), part, asciiBytes('\r\n')]);
        const isChunked = name === 'transfer-encoding';
        const written = isChunked ? concatBytes([...chunks, asciiBytes('0\r\n\r\n')]) : body;
        const read = bodyReader({ [name]: isChunked ? 'chunked' : String(body.length) });
        const found: Uint8Array[] = [];
        let rest: Uint8Array | undefined;
        for (const piece of cut(concatBytes([written, after]), lengths)) {
          if (rest) rest = concatBytes([rest, piece]);
          else {
            const part = read(piece);
            found.push(...part.data);
            if (part.isWhole) rest = part.rest;
          }
        }
        expect(concatBytes(found)).toEqual(body);
        expect(rest).toEqual(after);
      }),
    );
  },
);
