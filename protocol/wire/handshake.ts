/** The opening handshake: its accept key, and its two HTTP messages read as text (RFC 6455 §4). */
import { sha1 } from './sha1.ts';

/** The fixed GUID of RFC 6455 §1.3. */
export const handshakeGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Returns base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const characters = Math.min(4, bytes.length - i + 1);
    for (let c = 0; c < 4; c++) text += c < characters ? base64Alphabet.charAt((three >> (18 - 6 * c)) & 63) : '=';
  }
  return text;
}

/** Returns ASCII text as bytes, one per character. Characters above 127 do not belong in a handshake key. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Returns `Sec-WebSocket-Accept` for a `Sec-WebSocket-Key`: base64 of the SHA-1 of key and GUID (RFC 6455 §4.2.2). */
export function acceptFor(key: string): string {
  return toBase64(sha1(asciiBytes(key.trim() + handshakeGuid)));
}

/** A header field, with its name as it was written. */
export interface HeaderField {
  name: string;
  value: string;
}

/** The head of an HTTP/1.1 message: start line and fields, in order (RFC 9112 §2.1). */
export interface HttpHead {
  startLine: string;
  fields: HeaderField[];
}

/** Reads the head of an HTTP/1.1 message from its text; lines without a colon are skipped. */
export function parseHttpHead(text: string): HttpHead {
  const [startLine = '', ...lines] = (text.split('\r\n\r\n', 1)[0] as string).split('\r\n');
  const fields: HeaderField[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.push({ name: line.slice(0, colon), value: line.slice(colon + 1).trim() });
  }
  return { startLine, fields };
}

/** Returns the value of the first field with that name, ignoring case (RFC 9110 §5.1). */
export function fieldValue(head: HttpHead, name: string): string | undefined {
  return head.fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value;
}
