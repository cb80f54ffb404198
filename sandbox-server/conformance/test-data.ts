/** Data for the cases of compression: five kinds, from very compressible to hardly compressible, the same in every run. */
import { seededRandom } from '../../protocol/collections/seeded-random.ts';

/** Data to cut messages from. */
export interface TestData {
  /** The name in a title. */
  name: string;
  kind: 'text' | 'binary';
  /** The text, or one character for each byte, with the byte's value. */
  content: string;
}

/** Longer than the longest message and no multiple of any length, so that no two messages of a case are the same. */
const size = 150_001;

function filledBy(piece: (random: () => number, index: number) => string): string {
  const random = seededRandom(1);
  const pieces: string[] = [];
  for (let length = 0, i = 0; length < size; i++) {
    const next = piece(random, i);
    pieces.push(next);
    length += next.length;
  }
  return pieces.join('').slice(0, size);
}

const words =
  'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei über Strömung Brücke Größe';
const list = words.split(' ');
/** Returns a word of the list. The first ones are the most frequent, as in any language. */
const word = (random: () => number): string => list[Math.floor(random() ** 3 * list.length)] ?? '';
const bytes = (text: string): string => Buffer.from(text).toString('latin1');
const noise = (random: () => number, length: number): string =>
  String.fromCharCode(...Array.from({ length }, () => Math.floor(random() * 256)));

export const testData: readonly TestData[] = [
  {
    name: 'JSON',
    kind: 'text',
    content: filledBy(
      (random, id) =>
        `{"id":${id},"name":"${word(random)} ${word(random)}","x":${random().toFixed(4)},"seen":${random() > 0.5}},\n`,
    ),
  },
  {
    name: 'a picture',
    kind: 'binary',
    content: filledBy((random, i) =>
      String.fromCharCode(128 + 64 * Math.sin(i / 512) + 40 * Math.sin((i % 512) / 40) + 8 * random()),
    ),
  },
  { name: 'prose', kind: 'binary', content: filledBy((random, i) => bytes(word(random) + (i % 11 === 10 ? '.\n' : ' '))) },
  {
    name: 'HTML',
    kind: 'text',
    content: filledBy(
      (random, i) => `<tr class="row"><td>${i}</td><td><a href="/${word(random)}/">${word(random)}</a></td></tr>\n`,
    ),
  },
  {
    name: 'a document that is compressed already',
    kind: 'binary',
    content: filledBy(
      (random, i) => `${i} 0 obj << /Length 900 /Filter /FlateDecode >> stream\n${noise(random, 900)}\nendstream\n`,
    ),
  },
];

/** Returns the message that begins at `at`, and where the next one begins. The data wraps around at its end. */
export function messageAt({ kind, content }: TestData, at: number, length: number): { payload: Buffer; next: number } {
  const end = (at + length) % content.length;
  const piece = end > at || length === 0 ? content.slice(at, at + length) : content.slice(at) + content.slice(0, end);
  return { payload: Buffer.from(piece, kind === 'text' ? 'utf8' : 'latin1'), next: end };
}
