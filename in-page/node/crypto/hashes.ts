/** Node's `createHash` and `createHmac`, on the package `@noble/hashes`. */
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { Buffer, bufferOf } from '../buffer.ts';
import { codedError } from '../net/system-error.ts';
import { toBuffer } from '../to-buffer.ts';

const algorithms = { md5, sha1, sha224, sha256, sha384, sha512 };
/** What @noble/hashes makes: takes bytes piece by piece. */
interface Running {
  update: (bytes: Uint8Array) => unknown;
  digest: () => Uint8Array;
}

export const hashNames = Object.keys(algorithms);

function algorithmOf(name: unknown): (typeof algorithms)[keyof typeof algorithms] {
  // Node takes `SHA256` and `sha-256` too.
  const key = String(name)
    .toLowerCase()
    .replace(/^(rsa-)?sha-/, 'sha');
  if (Object.hasOwn(algorithms, key)) return algorithms[key as keyof typeof algorithms];
  const message = `Digest method not supported: "${String(name)}". The page has ${hashNames.join(', ')}.`;
  throw codedError(message, 'ERR_CRYPTO_INVALID_DIGEST');
}

/** A hash or an HMAC of what comes piece by piece. */
export class Hash {
  readonly #running: Running;
  #isDone = false;

  constructor(running: Running) {
    this.#running = running;
  }

  update(data: unknown, encoding?: BufferEncoding): this {
    if (this.#isDone) throw codedError('Digest already called', 'ERR_CRYPTO_HASH_FINALIZED');
    this.#running.update(bytesOf(data, encoding));
    return this;
  }

  /** Returns the hash as text in an encoding, or as a Buffer. */
  digest(encoding?: BufferEncoding | 'buffer'): Buffer | string {
    if (this.#isDone) throw codedError('Digest already called', 'ERR_CRYPTO_HASH_FINALIZED');
    this.#isDone = true;
    const bytes = bufferOf(this.#running.digest());
    return encoding === undefined || encoding === 'buffer' ? bytes : encoded(bytes, encoding);
  }
}

/** Returns a Buffer as text; the package does not know `base64url`. */
export function encoded(bytes: Buffer, encoding: BufferEncoding): string {
  if (encoding !== 'base64url') return bytes.toString(encoding);
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const bytesOf = (data: unknown, encoding: BufferEncoding | undefined): Buffer =>
  typeof data === 'string' ? Buffer.from(data, encoding) : toBuffer(data);

export const createHash = (name: unknown): Hash => new Hash(algorithmOf(name).create());

export const createHmac = (name: unknown, key: unknown): Hash =>
  new Hash(hmac.create(algorithmOf(name), bytesOf(key, undefined)));

/** Returns the hash of the whole, in hexadecimal digits unless another encoding is asked for. */
export const hash = (name: unknown, data: unknown, encoding: BufferEncoding | 'buffer' = 'hex'): Buffer | string =>
  createHash(name).update(data).digest(encoding);
