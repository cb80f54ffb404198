import { closeCodeMeaning } from '../../../protocol/wire/close-code.ts';
import { readUtf8 } from '../../../protocol/wire/utf8.ts';

/** True for a code that may be in a Close frame (RFC 6455 §7.4). */
export function isValidStatusCode(code: number): boolean {
  return closeCodeMeaning(code).onWire && (code <= 1014 || code >= 3000);
}

export function isValidUTF8(bytes: Uint8Array): boolean {
  const read = readUtf8(bytes);
  return 'end' in read && read.end.length === 0;
}

export function isBlob(value: unknown): value is Blob {
  return typeof Blob !== 'undefined' && value instanceof Blob;
}
