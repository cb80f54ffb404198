import { randomBytes } from 'node:crypto';
import { constants, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { agreeOnDeflate } from './deflate-agreement.ts';
import { parseExtensions } from './extension-list.ts';

const agree = (value: string, compress: 'none' | 'each' | 'takeover' = 'takeover'): string | undefined =>
  agreeOnDeflate(parseExtensions(value) ?? [], compress);
const noTakeover = 'server_no_context_takeover; client_no_context_takeover';

test.each([
  ['permessage-deflate', 'server_max_window_bits=12'],
  ['permessage-deflate; client_max_window_bits', 'server_max_window_bits=12'],
  ['permessage-deflate; client_max_window_bits=10', 'server_max_window_bits=12; client_max_window_bits=10'],
  ['permessage-deflate; server_max_window_bits=9', 'server_max_window_bits=9'],
  ['permessage-deflate; server_max_window_bits="8"', 'server_max_window_bits=8'],
  ['permessage-deflate; server_max_window_bits=15', 'server_max_window_bits=12'],
  ['permessage-deflate; server_no_context_takeover', 'server_no_context_takeover; server_max_window_bits=12'],
  ['x-other; a=1, permessage-deflate', 'server_max_window_bits=12'],
])('with context takeover, answers %s with %s', (offers, answer) => {
  expect(agree(offers)).toBe(`permessage-deflate; ${answer}`);
});

test.each([
  ['permessage-deflate', ''],
  [
    'permessage-deflate; server_max_window_bits=9; client_max_window_bits=8',
    '; server_max_window_bits=9; client_max_window_bits=8',
  ],
])('for messages compressed each by itself, answers %s without context takeover', (offers, answer) => {
  expect(agree(offers, 'each')).toBe(`permessage-deflate; ${noTakeover}${answer}`);
});

const unacceptable = [
  'unknown',
  'unknown=1',
  'server_max_window_bits',
  'server_max_window_bits=7',
  'server_max_window_bits=16',
  'server_max_window_bits=09',
  'server_max_window_bits=9.0',
  'server_max_window_bits=1e1',
  'server_max_window_bits=+9',
  'client_max_window_bits=7',
  'client_max_window_bits=true',
  'server_no_context_takeover=1',
  'client_no_context_takeover=true',
  'server_no_context_takeover; server_no_context_takeover',
  'client_max_window_bits; client_max_window_bits=9',
  'Server_max_window_bits=9',
];

test.each(unacceptable)('declines an offer with %s and takes the next in the list (RFC 7692 §7.1)', (parameters) => {
  expect(agree(`permessage-deflate; ${parameters}`)).toBeUndefined();
  expect(agree(`permessage-deflate; ${parameters}, permessage-deflate`)).toBe('permessage-deflate; server_max_window_bits=12');
});

test('takes the first acceptable offer even if a better one follows, and none at an address that does not compress', () => {
  const offers = 'permessage-deflate; server_max_window_bits=9, permessage-deflate';
  expect(agree(offers)).toBe('permessage-deflate; server_max_window_bits=9');
  expect(agree(offers, 'none')).toBeUndefined();
  expect(agree('x-webkit-deflate-frame')).toBeUndefined();
});

test('zlib with a window of 8 bits never looks back further than the 256 bytes that were agreed on', () => {
  const shrinks = (period: number): boolean => {
    const block = randomBytes(period);
    const deflated = deflateRawSync(Buffer.concat(Array<Buffer>(8).fill(block)), {
      windowBits: 8,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    return deflated.length < 0.5 * 8 * period;
  };
  const periods = Array.from({ length: 400 }, (_, i) => i + 200).filter(shrinks);
  expect(periods[0]).toBe(200);
  expect(periods.at(-1)).toBeLessThanOrEqual(256);
});
