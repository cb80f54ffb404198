/** Shows a payload's bytes as the characters they belong to. A frame may begin and end inside a character (RFC 6455 §5.6). */
import { readUtf8, type Utf8State } from '../../../protocol/wire/utf8.ts';

/** The entry in the text column for one byte. */
export interface Glyph {
  text: string;
  /**
   * `later`: a byte of a character after its first; `cut`: part of a character that is incomplete in this frame; `wrong`: not
   * UTF-8.
   */
  kind: 'character' | 'later' | 'cut' | 'wrong' | 'unprintable';
}

/** A frame's text, and where its edges cut characters. */
export interface FrameText {
  /** The characters that are complete in this frame. */
  text: string;
  /** The character inside which the frame begins: how many of its bytes came before. */
  begins: { seen: number; length: number } | undefined;
  /** The character inside which it ends: how many of its bytes have come. */
  ends: { seen: number; length: number } | undefined;
}

/** Returns glyphs for bytes that are not text: the character for printable ASCII. */
export function asciiGlyphs(bytes: Uint8Array): Glyph[] {
  return Array.from(bytes, (byte) => printable(String.fromCharCode(byte), byte >= 0x20 && byte < 0x7f));
}

function printable(text: string, isPrintable = !/[\p{C}\p{Zl}\p{Zp}\p{M}]/u.test(text)): Glyph {
  return isPrintable ? { text, kind: 'character' } : { text: '·', kind: 'unprintable' };
}

/** Returns one glyph for each byte, read as UTF-8 that continues from `before`. */
export function textGlyphs(bytes: Uint8Array, before: Utf8State): Glyph[] {
  const glyphs: Glyph[] = [];
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let state = before;
  let start = 0;
  let ownsStart = before.seen === 0;
  for (let i = 0; i < bytes.length; i++) {
    const read = readUtf8(bytes.subarray(i, i + 1), state);
    if ('invalidAt' in read) {
      for (let j = i; j < bytes.length; j++) glyphs.push({ text: '�', kind: 'wrong' });
      break;
    }
    state = read.end;
    glyphs.push({ text: '…', kind: 'cut' });
    if (state.seen > 0) continue;
    if (ownsStart) {
      glyphs[start] = printable(decoder.decode(bytes.subarray(start, i + 1)));
      for (let j = start + 1; j <= i; j++) glyphs[j] = { text: '–', kind: 'later' };
    }
    ownsStart = true;
    start = i + 1;
  }
  return glyphs;
}

/** Reads the bytes as UTF-8 that continues from `before`, as far as they are valid. */
export function textOf(bytes: Uint8Array, before: Utf8State): FrameText {
  const read = readUtf8(bytes, before);
  const edge = ({ seen, length }: Utf8State): FrameText['ends'] => (seen > 0 ? { seen, length } : undefined);
  // Skip the rest of a first character that began in an earlier frame.
  const from = before.seen > 0 ? before.length - before.seen : 0;
  const isWrong = 'invalidAt' in read;
  const to = isWrong ? startOfLast(bytes.subarray(0, read.invalidAt)) : bytes.length - read.end.seen;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, Math.max(from, to)));
  return { text: isWrong ? `${text}�` : text, begins: edge(before), ends: isWrong ? undefined : edge(read.end) };
}

/** Returns where the last character begins if it is incomplete, otherwise the end. */
function startOfLast(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return byte >= 0xf0 || back < (byte >= 0xe0 ? 3 : 2) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
