/** Reads UTF-8 byte by byte, so that text cut anywhere can be judged (RFC 3629 §4): a frame may end inside a character. */

/** The state of a UTF-8 reader: how many bytes of a character have come, and what its next byte may be. */
export interface Utf8State {
  /** Bytes of the character that have come; 0 between characters. */
  seen: number;
  /** Total bytes of the character; 0 between characters. */
  length: number;
  /** The lowest and highest value of the next byte, inside a character. */
  low: number;
  high: number;
}

/** The state between two characters. */
export const utf8Start: Utf8State = { seen: 0, length: 0, low: 0x80, high: 0xbf };

/** Returns the state after one more byte; undefined if that byte is invalid there. */
function afterByte({ seen, length, low, high }: Utf8State, byte: number): Utf8State | undefined {
  if (length > 0) {
    if (byte < low || byte > high) return undefined;
    return seen + 1 === length ? utf8Start : { seen: seen + 1, length, low: 0x80, high: 0xbf };
  }
  if (byte < 0x80) return utf8Start;
  if (byte < 0xc2 || byte > 0xf4) return undefined;
  const begun = { seen: 1, length: byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4 };
  // Allow only the shortest form, no surrogates, nothing above U+10FFFF.
  const low2 = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
  const high2 = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
  return { ...begun, low: low2, high: high2 };
}

/** Reads on from `state`. Returns the state at the end, or the offset in `bytes` of the first invalid byte. */
export function readUtf8(bytes: Uint8Array, state: Utf8State = utf8Start): { end: Utf8State } | { invalidAt: number } {
  let end = state;
  for (let i = 0; i < bytes.length; i++) {
    const next = afterByte(end, bytes[i] as number);
    if (!next) return { invalidAt: i };
    end = next;
  }
  return { end };
}
