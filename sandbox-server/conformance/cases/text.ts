/** Group 6: text must be UTF-8 (RFC 3629), and the server judges it by the end of each frame. */
import {
  bytesOf,
  type Chop,
  chopped,
  clientCloses,
  failsWith,
  family,
  type FrameCase,
  gotText,
  more,
  receive,
  send,
  text,
  type Unnumbered,
} from '../case.ts';

const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits.replaceAll(' ', ''), 'hex'));
const open = { fin: false };
const greek = 'κόσμε';
const join = (...parts: (string | Uint8Array)[]): Uint8Array => Uint8Array.from(Buffer.concat(parts.map(bytesOf)));

/** Returns the text in frames of one byte each. */
function octets(data: Uint8Array): Uint8Array[] {
  return Array.from(data, (byte, i) => (i === 0 ? text : more)(Uint8Array.of(byte), { fin: i === data.length - 1 }));
}

const lawful = (what: string, data: string | Uint8Array): Unnumbered => ({
  title: `${what} comes back`,
  steps: [send([text(data)]), receive(gotText(data))],
  ending: clientCloses,
});

const unlawful = (what: string, data: Uint8Array): Unnumbered => ({
  title: `${what} fails the connection`,
  steps: [send([text(data)])],
  ending: failsWith(1007),
});

const points = (...codes: number[]): [string, string][] =>
  codes.map((code) => [`U+${code.toString(16).toUpperCase().padStart(4, '0')}`, String.fromCodePoint(code)]);
/** Returns a case for each row of bytes; the spaces are for the eye. */
const rows = (what: string, table: readonly string[]): Unnumbered[] =>
  table.map((digits) => unlawful(`${what} (${digits})`, hex(digits)));

const mixed = 'Hello-µ@ßöäüàá-UTF-8!!';
const surrogates = ['ed a0 80', 'ed ad bf', 'ed ae 80', 'ed af bf', 'ed b0 80', 'ed be 80', 'ed bf bf'];
const pairs = ['ed a0 80', 'ed ad bf', 'ed ae 80', 'ed af bf'].flatMap((high) => [`${high} ed b0 80`, `${high} ed bf bf`]);
const planes = Array.from({ length: 17 }, (_, plane) => plane * 0x10000);

const messages: Unnumbered[] = [
  lawful('an empty text', ''),
  {
    title: 'three empty fragments are an empty text',
    steps: [send([text('', open), more('', open), more('')]), receive(gotText(''))],
    ending: clientCloses,
  },
  {
    title: 'an empty, a full and an empty fragment are a text',
    steps: [send([text('', open), more(greek, open), more('')]), receive(gotText(greek))],
    ending: clientCloses,
  },
];

const cutAnywhere: Unnumbered[] = [
  lawful('a text of characters of 1 and 2 bytes', mixed),
  {
    title: 'the same cut between characters comes back',
    steps: [send([text('Hello-µ@ßöä', open), more('üàá-UTF-8!!')]), receive(gotText(mixed))],
    ending: clientCloses,
  },
  ...[mixed, greek, '𐍈€é!'].map((words) => ({
    title: `"${words}" in fragments of a byte, cut within characters, comes back`,
    steps: [send(octets(bytesOf(words))), receive(gotText(words))],
    ending: clientCloses,
  })),
];

const broken = join(greek, hex('ed a0 80'), 'edited');

/** What the first and second frames hold. A third is never sent, because the connection has to fail before it. */
const early: readonly [what: string, first: Uint8Array, second: Uint8Array][] = [
  ['above U+10FFFF', join(greek), hex('f4 90 80 80')],
  ['above U+10FFFF from its second byte on', join(greek, hex('f4')), hex('90')],
  ['a surrogate', join(greek, hex('ed')), hex('a0 80')],
  ['a byte that is never used', bytesOf(greek), hex('ff')],
  ['a new character inside one', join(greek, hex('e2 82')), bytesOf('x')],
];

const failFast: Unnumbered[] = [
  ...early.map(([what, first, second]) => ({
    title: `a second fragment that cannot be UTF-8 (${what}) fails the connection before the third is sent`,
    steps: [send([text(first, open), more(second, open)], 'frames' as Chop)],
    ending: failsWith(1007),
  })),
  {
    title: 'a first fragment that cannot be UTF-8 fails the connection before the second is sent',
    steps: [send([text(hex('c0 af'), open)])],
    ending: failsWith(1007),
  },
  ...(['frames', 3, 1] as const).map((chop) => ({
    title: `a frame that cannot be UTF-8 fails the connection when it is whole, ${chopped(chop)}`,
    steps: [send([text(join(greek, hex('f4 90 80 80'), 'edited'))], chop)],
    ending: failsWith(1007),
  })),
  {
    title: 'a text whose last character is never finished fails the connection at its last fragment',
    steps: [send([text(greek, open), more(hex('e2 82'), open), more('')])],
    ending: failsWith(1007),
  },
];

export const textCases: FrameCase[] = [
  ...family('6.1', '§5.6', messages),
  ...family('6.2', '§5.6', cutAnywhere),
  ...family('6.3', '§8.1', [
    unlawful('a surrogate between characters', broken),
    { title: 'the same in fragments of a byte fails the connection', steps: [send(octets(broken))], ending: failsWith(1007) },
  ]),
  ...family('6.4', '§8.1', failFast),
  ...family('6.5', '§8.1', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(partOfGreek)),
  ...family(
    '6.6',
    '§8.1',
    points(0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x10ffff).map(([name, one]) =>
      lawful(`${name}, at an edge of a length`, one),
    ),
  ),
  ...family('6.7', '§8.1', rows('a character above U+10FFFF', ['f4 90 80 80', 'f5 80 80 80', 'f7 bf bf bf'])),
  ...family('6.8', '§8.1', rows('a character of 5 bytes', ['f8 88 80 80 80', 'fb bf bf bf bf'])),
  ...family('6.9', '§8.1', rows('a character of 6 bytes', ['fc 84 80 80 80 80', 'fd bf bf bf bf bf'])),
  ...family('6.10', '§8.1', rows('a byte that is never used', ['fe', 'ff', 'fe fe ff ff'])),
  ...family(
    '6.11',
    '§8.1',
    rows('continuation bytes with nothing before them', [
      '80',
      'bf',
      '80 bf',
      '80 bf 80',
      '80 bf 80 bf',
      '80 bf 80 bf 80',
      '80 bf 80 bf 80 bf',
    ]),
  ),
  ...family('6.12', '§8.1', [
    unlawful(
      'every continuation byte in turn',
      Uint8Array.from({ length: 64 }, (_, i) => 0x80 + i),
    ),
    ...[0xc0, 0xe0, 0xf0, 0xf8, 0xfc].map((first, i) => {
      const count = [32, 16, 8, 4, 2][i] as number;
      const bytes = Uint8Array.from({ length: count * 2 }, (_, n) => (n % 2 === 0 ? first + n / 2 : 0x20));
      return unlawful(`every first byte from 0x${first.toString(16)} on with a space behind it`, bytes);
    }),
  ]),
  ...family(
    '6.13',
    '§8.1',
    rows('a character without its last byte', [
      'c0',
      'df',
      'e0 80',
      'ef bf',
      'f0 80 80',
      'f7 bf bf',
      'f8 80 80 80',
      'fb bf bf bf',
      'fc 80 80 80 80',
      'fd bf bf bf bf',
      'c3 e2 82 f0 9f 98',
    ]),
  ),
  ...family('6.14', '§8.1', [
    ...rows('"/" written too long', ['c0 af', 'e0 80 af', 'f0 80 80 af', 'f8 80 80 80 af', 'fc 80 80 80 80 af']),
    ...rows('the last that is too long for its length', [
      'c1 bf',
      'e0 9f bf',
      'f0 8f bf bf',
      'f8 87 bf bf bf',
      'fc 83 bf bf bf bf',
    ]),
    ...rows('U+0000 written too long', ['c0 80', 'e0 80 80', 'f0 80 80 80', 'f8 80 80 80 80', 'fc 80 80 80 80 80']),
  ]),
  ...family('6.15', '§8.1', rows('a surrogate', surrogates)),
  ...family('6.16', '§8.1', rows('a pair of surrogates', pairs)),
  ...family(
    '6.17',
    '§8.1',
    planes
      .flatMap((plane) => points(plane + 0xfffe, plane + 0xffff))
      .map(([name, one]) => lawful(`${name}, no character but lawful,`, one)),
  ),
  ...family('6.18', '§8.1', [
    lawful('U+FEFF at the start, which is data in a message,', '\ufeffHello'),
    ...points(0xfffc, 0xfffd, 0xfdd0, 0xfdef, 0x1f600, 0xe0001).map(([name, one]) => lawful(name, one)),
  ]),
];

function partOfGreek(length: number): Unnumbered {
  const part = bytesOf(greek).subarray(0, length);
  const isWhole = !Buffer.from(part).toString().includes('\ufffd');
  const what = `the first ${length} bytes of "${greek}"`;
  return isWhole ? lawful(what, part) : unlawful(`${what}, cut within a character,`, part);
}
