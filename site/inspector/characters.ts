/** A payload's bytes as the characters that they are parts of. A frame may end, and begin, inside a character (RFC 6455 §5.6). */
import { readUtf8, type Utf8State } from '../../protocol/utf8.ts';

/** What stands in the text column for one byte. */
export interface Glyph {
  text: string;
  /** `later`: a byte of a character after its first; `cut`: of a character that is not whole in this frame; `wrong`: not UTF-8. */
  kind: 'character' | 'later' | 'cut' | 'wrong' | 'unprintable';
}

/** A frame's text, and where its edges cut characters. */
export interface FrameText {
  glyphs: Glyph[];
  /** The characters that are whole in this frame. */
  text: string;
  /** The character in which the frame begins: how many of its bytes came before. */
  begins: { seen: number; length: number } | undefined;
  /** The character in which it ends: how many of its bytes have come. */
  ends: { seen: number; length: number } | undefined;
}

/** ASCII where a byte is that; for bytes that are no text. */
export function asciiGlyphs(bytes: Uint8Array): Glyph[] {
  return Array.from(bytes, (byte) => printable(String.fromCharCode(byte), byte >= 0x20 && byte < 0x7f));
}

function printable(text: string, isPrintable = !/[\p{C}\p{Zl}\p{Zp}\p{M}]/u.test(text)): Glyph {
  return isPrintable ? { text, kind: 'character' } : { text: '·', kind: 'unprintable' };
}

/** Reads the bytes as UTF-8 that goes on from `before`. */
export function textOf(bytes: Uint8Array, before: Utf8State): FrameText {
  const glyphs: Glyph[] = [];
  let text = '';
  let state = before;
  let start = 0;
  let ownsStart = before.seen === 0;
  for (let i = 0; i < bytes.length; i++) {
    const read = readUtf8(bytes.subarray(i, i + 1), state);
    if ('invalidAt' in read) {
      for (let j = i; j < bytes.length; j++) glyphs.push({ text: '�', kind: 'wrong' });
      text += '�';
      break;
    }
    state = read.end;
    glyphs.push({ text: '…', kind: 'cut' });
    if (state.seen > 0) continue;
    if (ownsStart) {
      const character = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, i + 1));
      text += character;
      glyphs[start] = printable(character);
      for (let j = start + 1; j <= i; j++) glyphs[j] = { text: '–', kind: 'later' };
    }
    ownsStart = true;
    start = i + 1;
  }
  const edge = ({ seen, length }: Utf8State): FrameText['ends'] => (seen > 0 ? { seen, length } : undefined);
  const isWrong = glyphs.at(-1)?.kind === 'wrong';
  return { glyphs, text, begins: edge(before), ends: isWrong ? undefined : edge(state) };
}
