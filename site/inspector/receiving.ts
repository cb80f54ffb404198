/** What the receiver of a frame knows before it comes, from the frames and the handshake before it. */
import type { Flight } from '../../protocol/flight.ts';
import { type Frame, FrameParser, isControl, mask, Opcode, parseHeader } from '../../protocol/frame.ts';
import { fieldValue, type HttpHead, parseHttpHead } from '../../protocol/handshake.ts';
import { receivingStart, type ReceivingState, stateAfter, type Violation, violations } from '../../protocol/rules.ts';
import type { CapturedFrame, Direction } from '../../protocol/trace.ts';
import { fromHex } from '../../protocol/trace.ts';

/** One half of a connection's handshake as text; undefined until it is captured. */
export function handshakeOf(flights: readonly Flight[], connection: string, direction: Direction): HttpHead | undefined {
  const half = flights.find((f) => f.kind === 'handshake' && f.connection === connection && f.direction === direction);
  return half?.captured && parseHttpHead(new TextDecoder().decode(fromHex(half.captured.bytes)));
}

/** What is known of the frames before one. */
export interface Before {
  /** The state of the frame's receiver. */
  state: ReceivingState;
  /** The frames since the beginning of the message that is not finished, in order; none where none is begun. */
  frames: CapturedFrame[];
}

/** Goes back to where the message begins. Undefined where a frame between is not known: the tap leaves some out when it is slower than the wire. */
export function knownBefore({ connection, direction, frame }: Flight, flights: readonly Flight[]): Before | undefined {
  const answer = handshakeOf(flights, connection, 'server-to-client');
  const compresses = answer && /permessage-deflate/i.test(fieldValue(answer, 'Sec-WebSocket-Extensions') ?? '');
  const earlier: (CapturedFrame | undefined)[] = [];
  for (const f of flights) {
    if (f.kind !== 'frame' || f.connection !== connection || f.direction !== direction) continue;
    if (f.frame >= 0 && f.frame < frame) earlier[f.frame] = f.captured;
  }
  const frames: CapturedFrame[] = [];
  for (let at = frame - 1; at >= 0; at--) {
    const captured = earlier[at];
    if (!captured) return undefined;
    if (captured.fin && !isControl(captured.opcode)) break;
    frames.unshift(captured);
  }
  let state = receivingStart(direction, compresses ? 4 : 0);
  for (const captured of frames) {
    const before = frameOf(fromHex(captured.bytes));
    if (before) state = stateAfter(before, state);
  }
  return { state: { ...state, closed: earlier.some((captured) => captured?.opcode === Opcode.close) }, frames };
}

/** The state of the frame's receiver before it; undefined where it is not known. */
export function stateBefore(flight: Flight, flights: readonly Flight[]): ReceivingState | undefined {
  return knownBefore(flight, flights)?.state;
}

/** A frame from its bytes, its payload cut where they end; undefined where not even the header is whole. */
function frameOf(bytes: Uint8Array): Frame | undefined {
  const header = parseHeader(bytes);
  if (!header) return undefined;
  const onWire = bytes.subarray(header.headerLength).subarray(0, Math.min(header.length, bytes.length));
  return { ...header, bytes, payload: header.maskingKey ? mask(onWire, header.maskingKey) : onWire };
}

/** A frame that the receiver finds in the bytes, and the rules that it breaks. */
export interface ReceivedFrame {
  frame: Frame;
  violations: Violation[];
}

/** What a receiver makes of bytes. */
export interface Receipt {
  /** In order, up to and with the first that breaks a rule: there the receiver fails the connection. */
  frames: ReceivedFrame[];
  /** Where the bytes end inside a frame: how many more it waits for, at least; Infinity above 2^53. */
  waitsFor: number;
  /** Bytes behind a frame that breaks a rule: not read any more. */
  unread: number;
}

/** Reads the bytes as a receiver in this state does: with the parser, then by the rules, frame by frame. */
export function receive(bytes: Uint8Array, before: ReceivingState): Receipt {
  const receipt: Receipt = { frames: [], waitsFor: 0, unread: 0 };
  let state = before;
  let at = 0;
  const take = (frame: Frame): boolean => {
    const broken = violations(frame, state);
    receipt.frames.push({ frame, violations: broken });
    state = stateAfter(frame, state);
    at += frame.bytes.length;
    return broken.length > 0;
  };
  for (const frame of new FrameParser().push(bytes)) {
    if (!take(frame)) continue;
    return { ...receipt, unread: bytes.length - at };
  }
  const rest = bytes.subarray(at);
  if (rest.length === 0) return receipt;
  const unfinished = frameOf(rest);
  receipt.waitsFor = unfinished ? unfinished.length - unfinished.payload.length : headerWanted(rest) - rest.length;
  // A header is judged as soon as it is whole: the receiver does not wait for the payload of a frame that it will not take.
  if (unfinished && violations(unfinished, state).length > 0) take(unfinished);
  return receipt;
}

/** How long a header is, as far as its first bytes say. */
function headerWanted([, second]: Uint8Array): number {
  if (second === undefined) return 2;
  const probe = new Uint8Array(14);
  probe[1] = second;
  return parseHeader(probe)?.headerLength ?? 14;
}
