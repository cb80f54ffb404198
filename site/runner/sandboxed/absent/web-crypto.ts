/**
 * What browsers keep from pages without TLS (Web Cryptography §10, [SecureContext]) although it needs no secret:
 * `crypto.randomUUID` and the digests of `crypto.subtle`. They are provided where they are missing.
 */
import { uuidOf } from '../../../../in-page/program/uuid.ts';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { holderOf } from '../natives.ts';

const digests: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  'SHA-1': sha1,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
};

/** The methods that stay away. */
const withKeys = 'decrypt deriveBits deriveKey encrypt exportKey generateKey importKey sign unwrapKey verify wrapKey'.split(' ');

const keyWords = (method: string): string =>
  `crypto.subtle.${method} is there only on pages that come over https: or from localhost; crypto.subtle.digest is here too.`;

interface RandomSource {
  getRandomValues(bytes: Uint8Array): Uint8Array;
}

/** Puts what is missing on `scope`. */
export function provideWebCrypto(scope: object): void {
  const crypto = (scope as { crypto: RandomSource }).crypto;
  const provide = (name: string, descriptor: PropertyDescriptor): void => {
    if (name in crypto) return;
    const holder = holderOf(crypto, 'getRandomValues');
    Object.defineProperty(holder, name, { configurable: true, enumerable: true, ...descriptor });
  };
  const random = crypto.getRandomValues.bind(crypto);
  provide('randomUUID', { writable: true, value: () => uuidOf(random(new Uint8Array(16))) });
  const subtle = createSubtle();
  provide('subtle', { get: () => subtle });
}

function createSubtle(): object {
  const refusing = withKeys.map((name) => [name, () => Promise.reject(new DOMException(keyWords(name), 'NotSupportedError'))]);
  const subtle: object = { ...Object.fromEntries(refusing), digest };
  for (const name of Object.keys(subtle)) Object.defineProperty(subtle, name, { enumerable: false });
  return Object.defineProperty(subtle, Symbol.toStringTag, { value: 'SubtleCrypto' });
}

/** Rejects as the browser's own does (Web Cryptography §14.3.5). */
async function digest(algorithm: unknown, data: unknown): Promise<ArrayBuffer> {
  const named = typeof algorithm === 'object' && algorithm !== null ? (algorithm as { name?: unknown }).name : algorithm;
  const name = `${named as string}`.toUpperCase();
  const take = Object.hasOwn(digests, name) ? digests[name] : undefined;
  if (!take) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
  return take(bytesOf(data)).slice().buffer as ArrayBuffer;
}

function bytesOf(data: unknown): Uint8Array {
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw new TypeError(
    "Failed to execute 'digest' on 'SubtleCrypto': parameter 2 is not of type '(ArrayBuffer or ArrayBufferView)'.",
  );
}
