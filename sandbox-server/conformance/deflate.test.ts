import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Deflater, Inflater, type Parameters, parametersIn, wrongAnswer } from './deflate.ts';
import { messageAt, testData } from './test-data.ts';

const parameters = (words: string): Parameters => parametersIn(`permessage-deflate; ${words}`)[0] ?? new Map();
const message = messageAt(testData[0] ?? expect.unreachable(), 0, 20_000).payload;

test.each([
  ['server_no_context_takeover', 'client_no_context_takeover', 'the answer lacks server_no_context_takeover'],
  ['server_max_window_bits=9', 'server_max_window_bits=10', "the server's window is 10, not 9 at the most"],
  ['server_max_window_bits=9', 'client_no_context_takeover', "the server's window is undefined, not 9 at the most"],
  [
    'server_max_window_bits=9',
    'server_max_window_bits=9; client_max_window_bits=9',
    'the answer bounds the window of a client that did not offer that',
  ],
  ['client_max_window_bits', 'server_maximum=9', 'the answer has "server_maximum"'],
  ['client_max_window_bits', 'client_max_window_bits=9; server_max_window_bits=10; server_no_context_takeover', undefined],
])('for an offer of %s, the answer %s is judged as RFC 7692 §7.1 says', (offer, answer, wrong) => {
  expect(wrongAnswer(parameters(offer), parameters(answer))).toBe(wrong);
});

test('the Inflater rejects a message that reaches back further than agreed: beyond its window, or into the message before', () => {
  const far = Buffer.concat([message.subarray(0, 2000), message.subarray(0, 2000)]);
  const sent = (of: Buffer, windowBits: number): Buffer => deflateRawSync(of, { windowBits });
  expect(new Inflater(parameters('server_max_window_bits=9')).inflate(sent(far, 9))).toEqual(far);
  expect(() => new Inflater(parameters('server_max_window_bits=9')).inflate(sent(far, 15))).toThrow(
    'invalid distance too far back',
  );

  const taking = new Deflater(parameters('server_max_window_bits=15'));
  const [first, second] = [taking.deflate(message), taking.deflate(message)];
  const agreed = new Inflater(parameters('client_no_context_takeover'));
  const forgetful = new Inflater(parameters('server_no_context_takeover'));
  expect([agreed.inflate(first), agreed.inflate(second)]).toEqual([message, message]);
  expect(forgetful.inflate(first)).toEqual(message);
  expect(() => forgetful.inflate(second)).toThrow('invalid distance too far back');
});

test('the data of the cases ranges from very compressible to hardly compressible, and its messages wrap around at the end', () => {
  const shares = testData.map(({ name, content }) => [
    name,
    deflateRawSync(Buffer.from(content, 'latin1')).length / content.length,
  ]);
  for (const [name, share] of shares.slice(0, 4)) expect([name, (share as number) < 0.9]).toEqual([name, true]);
  expect(shares[4]?.[1]).toBeGreaterThan(0.9);
  for (const data of testData) {
    const { payload, next } = messageAt(data, 100_000, 60_000);
    expect([data.name, next]).toEqual([data.name, 100_000 + 60_000 - data.content.length]);
    expect(payload.toString(data.kind === 'text' ? 'utf8' : 'latin1')).toBe(
      data.content.slice(100_000) + data.content.slice(0, next),
    );
  }
});
