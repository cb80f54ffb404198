/** Works out what the receiver of a frame knows before it comes, from earlier frames and the handshake. */
import { agreesToCompress } from '../../../protocol/trace/compression.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import {
  extendedLengthBytes,
  type Frame,
  type FrameHeader,
  headerLengthOf,
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
import { type CapturedFrame, fromHex } from '../../../protocol/trace/trace.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';

/** Returns one half of a connection's handshake as text; undefined until it is captured. */
export function handshakeOf(flights: readonly Flight[], connection: string, direction: Direction): HttpHead | undefined {
  const half = capturedHalf(flights, connection, direction);
  return half && parseHttpHead(new TextDecoder().decode(fromHex(half.bytes)));
}

const capturedHalf = (flights: readonly Flight[], connection: string, direction: Direction): CapturedFrame | undefined =>
  flights.find((f) => f.kind === 'handshake' && f.connection === connection && f.direction === direction)?.captured;

/** What is known about the frames before one. */
export interface Before {
  /** The state of the frame's receiver. */
  state: ReceivingState;
  /** The frames so far of the unfinished message, in order; empty if none has begun. */
  frames: CapturedFrame[];
}

/**
 * Goes back to where the message begins. Returns undefined if a frame in between is unknown: the tap skips some when it is slower
 * than the wire.
 */
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

/** Returns a frame from its bytes, with its payload cut where they end; undefined if even the header is incomplete. */
function frameOf(bytes: Uint8Array): Frame | undefined {
  const header = parseHeader(bytes);
  if (!header) return undefined;
  const there = Math.min(bytes.length, header.headerLength + header.length);
  const onWire = bytes.subarray(header.headerLength, there);
  const payload = header.maskingKey ? mask(onWire, header.maskingKey) : onWire;
  return { ...header, bytes: bytes.subarray(0, there), payload };
}

/** A frame that the receiver finds in the bytes, with the rules that it breaks. */
export interface ReceivedFrame {
  fin: boolean;
  opcode: number;
  /** Bytes of payload, as announced; undefined if the bytes end before the length is complete. */
  length: number | undefined;
  violations: Violation[];
}

/** What a receiver makes of bytes. */
export interface Receipt {
  /**
   * The first frames, in order, and then the one that breaks a rule: it is the last one read, since the receiver fails the
   * connection there.
   */
  frames: ReceivedFrame[];
  /** Frames between these that are not listed. */
  more: number;
  /** How many more bytes it waits for, at least, if the bytes end inside a lawful frame; Infinity above 2^53. */
  waitsFor: number;
  /** That frame, once its first two bytes are there. */
  unfinished: ReceivedFrame | undefined;
  /** Unread bytes after a frame that breaks a rule, or after a Close. */
  unread: number;
}

/** Frames beyond this many are counted but not listed. */
const mostListed = 4;

/**
 * Reads the bytes frame by frame, as a receiver in this state does by the rules. `missing` is the number of bytes after them that
 * exist but are unknown. An incomplete frame has its header judged as it comes, but never its payload; a complete frame that is
 * partly unknown has its payload judged as far as it goes.
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
    // Nothing is read after a Close (RFC 6455 §5.5.1), nor after what fails the connection (§7.1.7).
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

/** Returns what an incomplete header tells: everything but the masking key may have come. */
function startOf(bytes: Uint8Array): Omit<ReceivedFrame, 'violations'> {
  const filled = new Uint8Array(14);
  filled.set(bytes);
  const { fin, opcode, length } = parseHeader(filled) as FrameHeader;
  return { fin, opcode, length: bytes.length < 2 + extendedLengthBytes(bytes[1] ?? 0) ? undefined : length };
}

/** Returns the length of a header, as far as its first bytes tell. */
function headerWanted([, second]: Uint8Array): number {
  return second === undefined ? 2 : headerLengthOf(second);
}
