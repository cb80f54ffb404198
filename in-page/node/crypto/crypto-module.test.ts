import * as real from 'node:crypto';
import { expect, test } from 'vitest';
import { Activity } from '../../program/activity.ts';
import { ProgramClock } from '../../program/program-clock.ts';
import { seededBytes } from '../testing/seeded-bytes.ts';
import type { NodeParts } from '../node-parts.ts';
import { createCrypto } from './crypto-module.ts';

const cryptoOf = (seed: number, more: Partial<NodeParts> = {}) =>
  createCrypto({ network: {} as never, clock: new ProgramClock(), random: seededBytes(seed), ...more });

test('hashes are those of Node, in pieces and in every encoding', () => {
  const { createHash, createHmac, hash } = cryptoOf(1);
  for (const name of ['sha1', 'sha256', 'sha512', 'md5', 'SHA384', 'sha-256']) {
    for (const encoding of ['hex', 'base64', 'base64url'] as const) {
      const expected = real
        .createHash(name)
        .update('grüße')
        .update(Buffer.from([0, 255]))
        .digest(encoding);
      expect(
        createHash(name)
          .update('grüße')
          .update(Buffer.from([0, 255]))
          .digest(encoding),
      ).toBe(expected);
    }
    expect(createHmac(name, 'key').update('text').digest('hex')).toBe(real.createHmac(name, 'key').update('text').digest('hex'));
  }
  expect(hash('sha1', 'text')).toBe(real.hash('sha1', 'text'));
  expect([...(createHash('sha1').update('text').digest() as Buffer)]).toEqual([
    ...real.createHash('sha1').update('text').digest(),
  ]);
});

test('the accept key of a handshake is worked out as tutorials do it by hand', () => {
  const key = 'dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
  expect(cryptoOf(1).createHash('sha1').update(key).digest('base64')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test('a hash that is not there is named, with those that are; a digest is had once', () => {
  const { createHash } = cryptoOf(1);
  expect(() => createHash('whirlpool')).toThrow('Digest method not supported: "whirlpool". The page has md5, sha1');
  const once = createHash('sha1');
  once.digest();
  expect(() => once.digest()).toThrow('Digest already called');
});

test('chance comes from the seed: the same again, and another with another seed', () => {
  const draw = (seed: number): unknown[] => {
    const { randomUUID, randomBytes, randomInt, getRandomValues } = cryptoOf(seed);
    return [randomUUID(), randomBytes(4)?.toString('hex'), randomInt(1000), [...getRandomValues(new Uint8Array(4))]];
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('UUIDs have their version and variant, and integers keep to their range and reach all of it', () => {
  const { randomUUID, randomInt } = cryptoOf(3);
  for (let i = 0; i < 50; i++) expect(randomUUID()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set(Array.from({ length: 200 }, () => randomInt(2, 5)))).toEqual(new Set([2, 3, 4]));
  expect(() => randomInt(5, 5)).toThrow(RangeError);
});

test('callbacks are told later, with null for the error', async () => {
  const { randomBytes, randomInt } = cryptoOf(3);
  const heard: unknown[] = [];
  randomBytes(8, (error, bytes) => heard.push(error, bytes.length));
  randomInt(3, (error) => heard.push(error));
  expect(heard).toEqual([]);
  await Promise.resolve();
  expect(heard).toEqual([null, 8, null]);
});

test('the run waits for crypto.subtle, which hashes as the platform does', async () => {
  const held: Promise<unknown>[] = [];
  const activity = new Activity(async () => undefined);
  const hold: NodeParts['hold'] = (work) => {
    held.push(work);
    return activity.hold(work);
  };
  const { webcrypto, timingSafeEqual } = cryptoOf(1, { hold });
  const digest = await webcrypto.subtle.digest('SHA-1', new TextEncoder().encode('text'));
  expect(held).toHaveLength(1);
  expect(timingSafeEqual(digest, real.createHash('sha1').update('text').digest())).toBe(true);
});
