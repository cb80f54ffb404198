/** What the receiver of a frame knows before it comes, from the frames and the handshake before it. */
import { agreesToCompress } from '../../../protocol/wire/compression.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import {
  extendedLengthBytes,
  type Frame,
  type FrameHeader,
  isControl,
  mask,
  Opcode,
  parseHeader,
} from '../../../protocol/wire/frame.ts';
import { type HttpHead, parseHttpHead } from '../../../protocol/wire/handshake.ts';
import {
  receivingStart,
  type ReceivingState,
  stateAfter,
  type Violation,
  violations,
  violationsSoFar,
} from '../../../protocol/wire/rules.ts';
import type { CapturedFrame } from '../../../protocol/trace/trace.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';
import { fromHex } from '../../../protocol/wire/hex.ts';

/** One half of a connection's handshake as text; undefined until it is captured. */
export function handshakeOf(flights: readonly Flight[], connection: string, direction: Direction): HttpHead | undefined {
  const half = capturedHalf(flights, connection, direction);
  return half && parseHttpHead(new TextDecoder().decode(fromHex(half.bytes)));
}

const capturedHalf = (flights: readonly Flight[], connection: string, direction: Direction): CapturedFrame | undefined =>
  flights.find((f) => f.kind === 'handshake' && f.connection === connection && f.direction === direction)?.captured;

/** What is known of the frames before one. */
export interface Before {
  /** The state of the frame's receiver. */
  state: ReceivingState;
  /** The frames since the beginning of the message that is not finished, in order; none where none is begun. */
  frames: CapturedFrame[];
}

/** Goes back to where the message begins. Undefined where a frame between is not known: the tap leaves some out when it is slower than the wire. */
export function knownBefore({ connection, direction, frame }: Flight, flights: readonly Flight[]): Before | undefined {
  const answer = capturedHalf(flights, connection, 'server-to-client');
  const compresses = answer && agreesToCompress(answer.bytes);
  const earlier = new Map<number, CapturedFrame>();
  let closed = false;
  for (const f of flights) {
    if (f.kind !== 'frame' || f.connection !== connection || f.direction !== direction) continue;
    if (!f.captured || f.frame < 0 || f.frame >= frame) continue;
    earlier.set(f.frame, f.captured);
    closed ||= f.captured.opcode === Opcode.close;
  }
  const frames: CapturedFrame[] = [];
  for (let at = frame - 1; at >= 0; at--) {
    const captured = earlier.get(at);
    if (!captured) return undefined;
    if (captured.fin && !isControl(captured.opcode)) break;
    frames.push(captured);
  }
  frames.reverse();
  let state = receivingStart(direction, compresses ? 4 : 0);
  for (const captured of frames) {
    const before = frameOf(fromHex(captured.bytes));
    if (before) state = stateAfter(before, state);
  }
  return { state: { ...state, closed }, frames };
}

/** A frame from its bytes, its payload cut where they end; undefined where not even the header is whole. */
function frameOf(bytes: Uint8Array): Frame | undefined {
  const header = parseHeader(bytes);
  if (!header) return undefined;
  const there = Math.min(bytes.length, header.headerLength + header.length);
  const onWire = bytes.subarray(header.headerLength, there);
  const payload = header.maskingKey ? mask(onWire, header.maskingKey) : onWire;
  return { ...header, bytes: bytes.subarray(0, there), payload };
}

/** A frame that the receiver finds in the bytes, and the rules that it breaks. */
export interface ReceivedFrame {
  fin: boolean;
  opcode: number;
  /** Bytes of payload, as announced; undefined where the bytes end before all of the length. */
  length: number | undefined;
  violations: Violation[];
}

/** What a receiver makes of bytes. */
export interface Receipt {
  /** The first frames, in order; and the one that breaks a rule, the last that is read: there the receiver fails the connection. */
  frames: ReceivedFrame[];
  /** Frames between these that are not listed. */
  more: number;
  /** Where the bytes end inside a lawful frame: how many more it waits for, at least; Infinity above 2^53. */
  waitsFor: number;
  /** That frame, once its first two bytes are there. */
  unfinished: ReceivedFrame | undefined;
  /** Bytes behind a frame that breaks a rule, or behind a Close: not read any more. */
  unread: number;
}

/** More frames than so many are counted and not listed. */
const mostListed = 4;

/**
 * Reads the bytes as a receiver in this state does, by the rules, frame by frame. The bytes behind them may exist and not be known:
 * so many are `missing`. Of a frame that is not whole the header is judged as it comes, the payload never; of one that is whole and
 * not all known, the payload as far as it goes.
 */
export function receive(bytes: Uint8Array, before: ReceivingState, missing = 0): Receipt {
  const receipt: Receipt = { frames: [], more: 0, waitsFor: 0, unfinished: undefined, unread: 0 };
  let state = before;
  for (let at = 0; at < bytes.length;) {
    const rest = bytes.subarray(at);
    const frame = frameOf(rest);
    const lacks = frame ? frame.headerLength + frame.length - frame.bytes.length : headerWanted(rest) - rest.length;
    const isWhole = frame !== undefined && lacks <= missing;
    const broken = isWhole ? violations(frame, state) : violationsSoFar(rest, state);
    if (!isWhole && broken.length === 0)
      return { ...receipt, waitsFor: lacks, unfinished: rest.length < 2 ? undefined : listed(frame ?? startOf(rest), broken) };
    if (receipt.frames.length < mostListed || broken.length > 0) receipt.frames.push(listed(frame ?? startOf(rest), broken));
    else receipt.more++;
    at += frame?.bytes.length ?? rest.length;
    // Behind a Close nothing is read (RFC 6455 §5.5.1), nor behind what fails the connection (§7.1.7).
    if (broken.length > 0 || frame?.opcode === Opcode.close)
      return { ...receipt, waitsFor: Math.max(0, lacks), unread: bytes.length - at };
    if (lacks > 0) return { ...receipt, waitsFor: lacks };
    if (frame) state = stateAfter(frame, state);
  }
  return receipt;
}

const listed = ({ fin, opcode, length }: Omit<ReceivedFrame, 'violations'>, broken: Violation[]): ReceivedFrame => ({
  fin,
  opcode,
  length,
  violations: broken,
});

/** What is there of a header that is not whole says: all but the masking key may have come. */
function startOf(bytes: Uint8Array): Omit<ReceivedFrame, 'violations'> {
  const filled = new Uint8Array(14);
  filled.set(bytes);
  const { fin, opcode, length } = parseHeader(filled) as FrameHeader;
  return { fin, opcode, length: bytes.length < 2 + extendedLengthBytes(bytes[1] ?? 0) ? undefined : length };
}

/** How long a header is, as far as its first bytes say. */
function headerWanted([, second]: Uint8Array): number {
  return second === undefined ? 2 : 2 + extendedLengthBytes(second) + (second & 0x80 ? 4 : 0);
}
