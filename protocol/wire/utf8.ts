/** UTF-8 read byte by byte, so that text cut anywhere can be judged (RFC 3629 §4). A frame may end inside a character. */

/** Where a reader of UTF-8 stands: how many bytes of a character have come, and what its next byte may be. */
export interface Utf8State {
  /** Bytes of the character that have come; 0 between characters. */
  seen: number;
  /** Bytes that the character has in all; 0 between characters. */
  length: number;
  /** The least and the most that the next byte may be, where a character is begun. */
  low: number;
  high: number;
}

/** Between two characters. */
export const utf8Start: Utf8State = { seen: 0, length: 0, low: 0x80, high: 0xbf };

/** The state after one more byte; undefined where that byte cannot stand there. */
function afterByte({ seen, length, low, high }: Utf8State, byte: number): Utf8State | undefined {
  if (length > 0) {
    if (byte < low || byte > high) return undefined;
    return seen + 1 === length ? utf8Start : { seen: seen + 1, length, low: 0x80, high: 0xbf };
  }
  if (byte < 0x80) return utf8Start;
  if (byte < 0xc2 || byte > 0xf4) return undefined;
  const begun = { seen: 1, length: byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4 };
  // The shortest form only, no surrogates, nothing above U+10FFFF.
  const low2 = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
  const high2 = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
  return { ...begun, low: low2, high: high2 };
}

/** Reads on from `state`. Gives the state at the end, or the offset in `bytes` of the first byte that cannot stand there. */
export function readUtf8(bytes: Uint8Array, state: Utf8State = utf8Start): { end: Utf8State } | { invalidAt: number } {
  let end = state;
  for (let i = 0; i < bytes.length; i++) {
    const next = afterByte(end, bytes[i] as number);
    if (!next) return { invalidAt: i };
    end = next;
  }
  return { end };
}
