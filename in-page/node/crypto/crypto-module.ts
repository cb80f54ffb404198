/** Node's module `crypto`, as far as servers use it: chance of the run's seed, and hashes. */
import { Buffer, bufferOf } from '../buffer.ts';
import { codedError } from '../net/system-error.ts';
import { type NodeParts, ticker } from '../node-parts.ts';
import { toBuffer } from '../to-buffer.ts';
import { createHash, createHmac, Hash, hash, hashNames } from './hashes.ts';
import { createWebCrypto, randomUUID, type WebCrypto } from './web-crypto.ts';

type Done<Value> = (error: null, value: Value) => void;

/** The range of `randomInt`, as in Node. */
const widestRange = 2 ** 48 - 1;

/** What `require('crypto')` gives. */
export interface CryptoModule extends Pick<WebCrypto, 'getRandomValues' | 'subtle'> {
  createHash: typeof createHash;
  createHmac: typeof createHmac;
  hash: typeof hash;
  Hash: typeof Hash;
  getHashes: () => string[];
  /** Returns a UUID of version 4. */
  randomUUID: () => string;
  randomBytes: (size: number, done?: Done<Buffer>) => Buffer | undefined;
  /** Returns an integer of [low, high), or of [0, low). */
  randomInt: (low: number, high?: number | Done<number>, done?: Done<number>) => number | undefined;
  randomFillSync: <View extends ArrayBufferView>(view: View) => View;
  timingSafeEqual: (one: unknown, other: unknown) => boolean;
  webcrypto: WebCrypto;
}

export function createCrypto(parts: NodeParts): CryptoModule {
  const { random } = parts;
  const webcrypto = createWebCrypto(parts);
  /** Returns a value, or tells a callback where there is one. */
  const give = <Value>(value: Value, done: Done<Value> | undefined): Value | undefined => {
    if (!done) return value;
    ticker(parts)(() => done(null, value));
    return undefined;
  };
  return {
    createHash,
    createHmac,
    hash,
    Hash,
    getHashes: () => [...hashNames],
    randomUUID: () => randomUUID(parts),
    randomBytes: (size, done) => give(bufferOf(Uint8Array.from(random(sizeOf(size)))), done),
    randomInt: (low, high, done) => {
      const callback = typeof high === 'function' ? high : done;
      const [from, to] = typeof high === 'number' ? [low, high] : [0, low];
      return give(from + randomBelow(random, rangeOf(from, to)), callback);
    },
    randomFillSync: (view) => {
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(random(view.byteLength));
      return view;
    },
    timingSafeEqual: (one, other) => {
      const [a, b] = [toBuffer(one), toBuffer(other)];
      if (a.length === b.length) return Buffer.compare(a, b) === 0;
      throw codedError('Input buffers must have the same byte length', 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH');
    },
    webcrypto,
    getRandomValues: webcrypto.getRandomValues,
    get subtle() {
      return webcrypto.subtle;
    },
  };
}

function sizeOf(size: number): number {
  if (Number.isInteger(size) && size >= 0 && size < 2 ** 31) return size;
  const message = `The value of "size" is out of range. It must be >= 0 && <= 2147483647. Received ${String(size)}`;
  throw Object.assign(new RangeError(message), { code: 'ERR_OUT_OF_RANGE' });
}

function rangeOf(low: number, high: number): number {
  if (Number.isSafeInteger(low) && Number.isSafeInteger(high) && high > low && high - low <= widestRange) return high - low;
  const message = `The value of "max" is out of range. It must be greater than the value of "min" (${low}). Received ${high}`;
  throw Object.assign(new RangeError(message), { code: 'ERR_OUT_OF_RANGE' });
}

/** Returns an integer of [0, range), each as likely as any other: numbers beyond the last whole range are drawn again. */
function randomBelow(random: NodeParts['random'], range: number): number {
  for (;;) {
    const drawn = random(6).reduce((sum, byte) => sum * 256 + byte, 0);
    if (drawn < 2 ** 48 - (2 ** 48 % range)) return drawn % range;
  }
}
