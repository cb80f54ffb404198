/** Shows a captured frame: its bits, bytes and fields light up together, and the reader can see what flipping a bit would do. */
import { useMemo, useState } from 'preact/hooks';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { Opcode } from '../../../protocol/wire/frame.ts';
import { receivingStart, type ReceivingState } from '../../../protocol/wire/rules.ts';
import { type CapturedFrame, fromHex } from '../../../protocol/trace/trace.ts';
import { utf8Start } from '../../../protocol/wire/utf8.ts';
import { type Anatomy, anatomyOf } from './anatomy.ts';
import { BitDrawing } from './BitDrawing.tsx';
import { ByteDump } from './ByteDump.tsx';
import { asciiGlyphs, type FrameText, type Glyph, textGlyphs, textOf } from './characters.ts';
import { CloseBody } from './CloseBody.tsx';
import { FieldTable } from './FieldTable.tsx';
import { knownBefore } from './receiving.ts';
import type { AskServer } from './ServerAnswer.tsx';
import { TextOfFrame } from './TextOfFrame.tsx';
import { Verdict } from './Verdict.tsx';

interface Props {
  flight: Flight;
  captured: CapturedFrame;
  flights: readonly Flight[];
  ask?: AskServer | undefined;
  /** Shows only bits, verdict and fields, for a picture beside words. */
  isBrief?: boolean;
  /** Prevents changes. */
  isStill?: boolean;
}

/** Payload bytes drawn bit by bit in the brief form. */
const fewBytes = 8;

export function FrameAnatomy({ flight, captured, flights, ask, isBrief = false, isStill = false }: Props) {
  const sent = useMemo(() => fromHex(captured.bytes), [captured.bytes]);
  const before = useMemo(() => knownBefore(flight, flights), [flight, flights.length]);
  const [flips, setFlips] = useState<ReadonlySet<number>>(new Set());
  const [lit, setLit] = useState<string>();
  const [chosen, setChosen] = useState(0);
  const bytes = useMemo(() => flipped(sent, flips), [sent, flips]);
  const anatomy = useMemo(() => anatomyOf(bytes), [bytes]);
  const { fields, headerLength, unmasked, opcode } = anatomy;
  const text = useMemo(
    () => readableText(anatomy, bytes, before?.state ?? receivingStart(flight.direction)),
    [anatomy, before, flight.direction],
  );
  const payloadByte = Math.min(chosen, unmasked.length - 1);
  const places = Array.from({ length: Math.min(headerLength, bytes.length) }, (_, i) => i);
  if (isBrief) for (let i = 0; i < Math.min(unmasked.length, fewBytes); i++) places.push(headerLength + i);
  else if (payloadByte >= 0) places.push(headerLength + payloadByte);
  const flip = (bit: number): void => {
    const next = new Set(flips);
    if (!next.delete(bit)) next.add(bit);
    setFlips(next);
  };
  return (
    <>
      <BitDrawing
        bytes={bytes}
        fields={fields}
        places={places}
        headerLength={headerLength}
        flips={flips}
        lit={lit}
        onLight={setLit}
        onFlip={isStill ? undefined : flip}
      />
      <Verdict
        bytes={bytes}
        before={before}
        missing={wholeLength(sent, captured.length) - sent.length}
        isChanged={flips.size > 0}
        onPutBack={() => setFlips(new Set())}
        ask={ask}
      />
      {!isBrief && (
        <ByteDump
          bytes={bytes}
          anatomy={anatomy}
          glyphsOf={text.glyphsOf}
          lit={fields.find(({ name }) => name === lit)}
          changed={new Set(Array.from(flips, (bit) => bit >> 3))}
          chosen={payloadByte}
          onChoose={setChosen}
        />
      )}
      {text.whole && <TextOfFrame text={text.whole} isLast={(bytes[0] as number) >= 0x80} />}
      {opcode === Opcode.close && <CloseBody body={unmasked} />}
      <FieldTable fields={fields} lit={lit} onLight={setLit} />
    </>
  );
}

function flipped(sent: Uint8Array, flips: ReadonlySet<number>): Uint8Array {
  const bytes = sent.slice();
  for (const bit of flips) bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (0x80 >> (bit & 7));
  return bytes;
}

/** Returns the bytes of the whole frame as it was sent; the tap may have kept fewer. */
function wholeLength(sent: Uint8Array, length: number): number {
  return anatomyOf(sent).headerLength + length;
}

/** The readable part of a payload: a glyph for each byte, and the text if it is not shown elsewhere. */
interface Readable {
  glyphsOf: (bytes: number) => readonly Glyph[];
  whole?: FrameText;
}

/** The longest character has four bytes (RFC 3629 §3): reading this many more keeps the last visible one from being cut. */
const restOfCharacter = 3;

const glyphsOfBytes =
  (payload: Uint8Array) =>
  (bytes: number): readonly Glyph[] =>
    asciiGlyphs(payload.subarray(0, bytes));

/** Returns the text that the payload is, or is part of. */
function readableText({ opcode, unmasked }: Anatomy, bytes: Uint8Array, { message, rsvAllowed }: ReceivingState): Readable {
  const isCompressed = ((bytes[0] as number) & 0x40) !== 0 && (rsvAllowed & 4) !== 0;
  const none = { glyphsOf: glyphsOfBytes(unmasked) };
  if (unmasked.length === 0 || isCompressed) return none;
  if (opcode === Opcode.close) {
    const code = glyphsOfBytes(unmasked.subarray(0, 2));
    const reason = (count: number): Glyph[] => textGlyphs(unmasked.subarray(2, count + restOfCharacter), utf8Start);
    return { glyphsOf: (count) => [...code(2), ...reason(count)] };
  }
  const isText = opcode === Opcode.text || (opcode === Opcode.continuation && message?.opcode === Opcode.text);
  const from = opcode === Opcode.text ? utf8Start : message?.utf8;
  if (!isText || !from) return none;
  return {
    glyphsOf: (count) => textGlyphs(unmasked.subarray(0, count + restOfCharacter), from),
    whole: textOf(unmasked, from),
  };
}
