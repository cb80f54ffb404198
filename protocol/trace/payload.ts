/** Reads what a captured flight carried, for code that judges or counts it. */
import { type Frame, FrameParser } from '../wire/frame.ts';
import { fromHex } from './trace.ts';
import type { Flight } from './flight.ts';

type Captured = Pick<Flight, 'captured'>;

/** Returns the frame that a flight carried; undefined if it was not captured whole. */
export const frameOf = ({ captured }: Captured): Frame | undefined => new FrameParser().push(fromHex(captured?.bytes ?? ''))[0];

/** Returns the payload of a flight's frame, unmasked; empty if the frame was not captured whole. */
export const payloadOf = (flight: Captured): Uint8Array => frameOf(flight)?.payload ?? new Uint8Array(0);

/** Returns the payload as text. Invalid UTF-8 becomes U+FFFD. */
export const textOf = (flight: Captured): string => new TextDecoder().decode(payloadOf(flight));
