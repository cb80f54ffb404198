/** Reads what a captured flight carried, for code that judges or counts it. */
import { extendedLengthBytes, type Frame, FrameParser, mask } from '../wire/frame.ts';
import { type CapturedFrame, fromHex } from './trace.ts';
import type { Flight } from './flight.ts';

type Captured = Pick<Flight, 'captured'>;

/** Returns the frame that a flight carried; undefined if it was not captured whole. */
export const frameOf = ({ captured }: Captured): Frame | undefined => new FrameParser().push(fromHex(captured?.bytes ?? ''))[0];

/** Returns the payload of a flight's frame, unmasked; empty if the frame was not captured whole. */
export const payloadOf = (flight: Captured): Uint8Array => frameOf(flight)?.payload ?? new Uint8Array(0);

/** Returns the captured part of a frame's payload, unmasked. */
export function capturedPayload({ bytes, masked, length }: CapturedFrame): Uint8Array {
  const all = fromHex(bytes);
  const keyAt = 2 + extendedLengthBytes(all[1] ?? 0);
  if (!masked) return all.subarray(keyAt, keyAt + length);
  return mask(all.subarray(keyAt + 4, keyAt + 4 + length), all.subarray(keyAt, keyAt + 4));
}

/** Returns the payload as text. Invalid UTF-8 becomes U+FFFD. */
export const textOf = (flight: Captured): string => new TextDecoder().decode(payloadOf(flight));
