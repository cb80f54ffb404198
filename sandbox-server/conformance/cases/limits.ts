/** Groups 9 and 10: long messages, many fragments, small writes and many messages, without limits and with those of a class. */
import {
  binary,
  chopped,
  clientCloses,
  failsWith,
  family,
  filler,
  type FrameCase,
  gotBinary,
  gotText,
  more,
  type Profile,
  receive,
  send,
  text,
  type Unnumbered,
} from '../case.ts';

const KiB = 1024;
const classLimits = { bytes: 64 * KiB, fragments: 256 };

interface Kind {
  name: string;
  data: (length: number) => Uint8Array;
  first: typeof text;
  got: typeof gotText;
}

const kinds: readonly Kind[] = [
  { name: 'a text', data: (length) => new Uint8Array(length).fill(0x2a), first: text, got: gotText },
  { name: 'a binary message', data: filler, first: binary, got: gotBinary },
];

function fragments({ data, first }: Kind, length: number, size: number): Uint8Array[] {
  const bytes = data(length);
  return Array.from({ length: Math.ceil(length / size) }, (_, i) => {
    const fin = (i + 1) * size >= length;
    return (i === 0 ? first : more)(bytes.subarray(i * size, (i + 1) * size), { fin });
  });
}

const size = (bytes: number): string => (bytes % KiB === 0 ? `${bytes / KiB} KiB` : `${bytes} bytes`);

const whole = (kind: Kind, length: number, profile: Profile): Unnumbered => {
  const fits = profile === 'lifted' || length <= classLimits.bytes;
  const sent = send([kind.first(kind.data(length))]);
  const title = `${kind.name} of ${size(length)} ${fits ? 'comes back' : 'is refused'}`;
  return fits
    ? { title, profile, steps: [sent, receive(kind.got(kind.data(length)))], ending: clientCloses }
    : { title, profile, steps: [sent], ending: failsWith(1009) };
};

const inFragments = (kind: Kind, length: number, part: number, profile: Profile): Unnumbered => {
  const fits = profile === 'lifted' || Math.ceil(length / part) <= classLimits.fragments;
  const sent = send(fragments(kind, length, part));
  const title = `${kind.name} of ${size(length)} in fragments of ${size(part)} ${fits ? 'comes back' : 'is refused'}`;
  return fits
    ? { title, profile, steps: [sent, receive(kind.got(kind.data(length)))], ending: clientCloses }
    : { title, profile, steps: [sent], ending: failsWith(1008) };
};

const inWrites = (kind: Kind, length: number, chop: number): Unnumbered => ({
  title: `${kind.name} of ${size(length)}, ${chopped(chop)}, comes back`,
  profile: 'class',
  steps: [send([kind.first(kind.data(length))], chop), receive(kind.got(kind.data(length)))],
  ending: clientCloses,
});

const roundTrips = (kind: Kind, length: number): Unnumbered => {
  const one = kind.first(kind.data(length));
  return {
    title: `${kind.name} of ${size(length)} sent 100 times, each after the echo of the one before, comes back each time`,
    steps: Array.from({ length: 100 }, () => [send([one]), receive(kind.got(kind.data(length)))]).flat(),
    ending: clientCloses,
  };
};

const together = (kind: Kind, length: number): Unnumbered => ({
  title: `${kind.name} of ${size(length)} sent 1000 times without waiting comes back 1000 times`,
  steps: [
    send(Array<Uint8Array>(1000).fill(kind.first(kind.data(length)))),
    receive(...Array.from({ length: 1000 }, () => kind.got(kind.data(length)))),
  ],
  ending: clientCloses,
});

const burst = (kind: Kind): Unnumbered => ({
  title: `${kind.name} sent 1000 times at once comes back 100 times, a few more for the time that passed, and then is refused`,
  profile: 'class',
  steps: [send(Array<Uint8Array>(1000).fill(kind.first('x'))), receive(...Array.from({ length: 100 }, () => kind.got('x')))],
  ending: { by: 'policy', codes: [1008] },
});

const lengths = [64, 256, 1024, 4096].map((kibibytes) => kibibytes * KiB);
const classLengths = [4 * KiB, 16 * KiB, 64 * KiB, 64 * KiB + 1, 1024 * KiB];
const [textKind, binaryKind] = kinds as [Kind, Kind];
const ofEach = (make: (kind: Kind) => Unnumbered[]): [Unnumbered[], Unnumbered[]] => [make(textKind), make(binaryKind)];

const [longTexts, longBinaries] = ofEach((kind) => [
  ...lengths.map((length) => whole(kind, length, 'lifted')),
  ...classLengths.map((length) => whole(kind, length, 'class')),
]);
const [textParts, binaryParts] = ofEach((kind) => [
  ...[64, 256, KiB, 4 * KiB, 16 * KiB, 64 * KiB, 256 * KiB, 1024 * KiB].map((part) =>
    inFragments(kind, 1024 * KiB, part, 'lifted'),
  ),
  ...[64, 255, 256, KiB, 64 * KiB].map((part) => inFragments(kind, 64 * KiB, part, 'class')),
]);
const [textWrites, binaryWrites] = ofEach((kind) =>
  [64, 128, 256, 512, 1024, 2048].map((chop) => inWrites(kind, 64 * KiB, chop)),
);
const counts = [0, 16, 64, 256, 1024, 4096];
const [textTrips, binaryTrips] = ofEach((kind) => [
  ...counts.map((length) => roundTrips(kind, length)),
  together(kind, 16),
  burst(kind),
]);

export const limitCases: FrameCase[] = [
  ...family('9.1', '§10.4', longTexts),
  ...family('9.2', '§10.4', longBinaries),
  ...family('9.3', '§5.4', textParts),
  ...family('9.4', '§5.4', binaryParts),
  ...family('9.5', '§5.2', textWrites),
  ...family('9.6', '§5.2', binaryWrites),
  ...family('9.7', '§5.6', textTrips),
  ...family('9.8', '§5.6', binaryTrips),
  ...family('10.1', '§5.4', [
    {
      title: 'a text of 64 KiB in fragments of 1300 bytes, a frame a write, comes back whole',
      profile: 'class',
      steps: [send(fragments(textKind, 64 * KiB, 1300), 'frames'), receive(gotText(textKind.data(64 * KiB)))],
      ending: clientCloses,
    },
  ]),
];
