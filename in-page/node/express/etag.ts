import { createHash } from '../crypto/hashes.ts';

/** Returns the weak entity tag that Express gives a response: its length in hexadecimal digits, and 27 characters of its SHA-1. */
export function etagOf(bytes: Uint8Array): string {
  const hash = String(createHash('sha1').update(bytes).digest('base64')).slice(0, 27);
  return `W/"${bytes.length.toString(16)}-${hash}"`;
}
