import fc from 'fast-check';

/** One input: what a client sends, how it sends it, and how it leaves. */
export interface Input {
  bytes: Buffer;
  /** Bytes per write; 0 for all of them in one write. */
  chop: number;
  /** What it does then: waits for an answer and leaves, ends its side and waits, leaves at once, or resets the connection. */
  leaves: 'answered' | 'half' | 'at once' | 'reset';
}

type Spoil = [place: number, byte: number, how: string];

/** Up to four places where a byte changes or is left out, or where the rest is doubled or cut off. */
const spoiling = fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('change', 'drop', 'double', 'cut')), { maxLength: 4 });

/** Makes inputs of these bytes. Most stay as they are, the others are spoiled. */
export const inputOf = (bytes: fc.Arbitrary<Buffer>): fc.Arbitrary<Input> =>
  fc
    .record({
      bytes,
      spoils: fc.oneof({ weight: 3, arbitrary: fc.constant<Spoil[]>([]) }, { weight: 2, arbitrary: spoiling }),
      chop: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 200 })),
      leaves: fc.constantFrom('answered', 'answered', 'answered', 'half', 'at once', 'reset') as fc.Arbitrary<Input['leaves']>,
    })
    .map(({ bytes: whole, spoils, chop, leaves }) => {
      let all = whole;
      for (const [place, byte, how] of spoils) all = spoiled(all, place, byte, how);
      return { bytes: all, chop, leaves };
    });

function spoiled(bytes: Buffer, place: number, byte: number, how: string): Buffer {
  if (bytes.length === 0) return bytes;
  const at = place % bytes.length;
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + 1)];
  if (how === 'cut') return before;
  if (how === 'drop') return Buffer.concat([before, after]);
  if (how === 'double') return Buffer.concat([before, bytes.subarray(at), bytes.subarray(at)]).subarray(0, 100_000);
  return Buffer.concat([before, Buffer.of(byte), after]);
}
