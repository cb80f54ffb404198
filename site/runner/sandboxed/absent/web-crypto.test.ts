import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { provideWebCrypto } from './web-crypto.ts';

/** Returns `crypto` as a page without TLS has it, with what is missing provided. */
function provided(): Crypto {
  class Crypto {
    getRandomValues(bytes: Uint8Array<ArrayBuffer>) {
      return webcrypto.getRandomValues(bytes);
    }
  }
  const crypto = new Crypto();
  provideWebCrypto({ crypto });
  return crypto as unknown as globalThis.Crypto;
}

const bytes = new TextEncoder().encode('dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11');

test.each(['SHA-1', 'sha-256', { name: 'SHA-384' }, 'SHA-512'])('digests as the platform does: %o', async (algorithm) => {
  const digest = await provided().subtle.digest(algorithm, bytes);
  expect(digest).toBeInstanceOf(ArrayBuffer);
  expect(Buffer.from(digest)).toEqual(Buffer.from(await webcrypto.subtle.digest(algorithm, bytes)));
});

test('digests the part that a view shows, and whole buffers', async () => {
  const { subtle } = provided();
  const part = new DataView(bytes.buffer, 3, 4);
  const same = await subtle.digest('SHA-1', bytes.slice(3, 7).buffer);
  expect(new Uint8Array(await subtle.digest('SHA-1', part))).toEqual(new Uint8Array(same));
});

test('makes UUIDs of version 4, each another', () => {
  const crypto = provided();
  const made = Array.from({ length: 50 }, () => crypto.randomUUID());
  for (const uuid of made) expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set(made).size).toBe(50);
});

test('rejects what it does not know, as the platform does, and says where keys are to be had', async () => {
  const { subtle } = provided();
  await expect(subtle.digest('MD5', bytes)).rejects.toMatchObject({ name: 'NotSupportedError' });
  await expect(subtle.digest('constructor', bytes)).rejects.toMatchObject({ name: 'NotSupportedError' });
  await expect(subtle.digest('SHA-1', 'text' as unknown as BufferSource)).rejects.toBeInstanceOf(TypeError);
  await expect(subtle.exportKey('raw', {} as CryptoKey)).rejects.toThrow(/^crypto\.subtle\.exportKey is there only on pages/);
});

test('leaves alone what a browser has', () => {
  const own = { getRandomValues: () => undefined, randomUUID: () => 'own', subtle: 'own' };
  provideWebCrypto({ crypto: own });
  expect([own.randomUUID(), own.subtle]).toEqual(['own', 'own']);
});
