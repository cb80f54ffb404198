/** What a captured flight carried, for whoever judges or counts it. */
import { type Frame, FrameParser } from '../wire/frame.ts';
import { fromHex } from '../wire/hex.ts';
import type { Flight } from './flight.ts';

type Captured = Pick<Flight, 'captured'>;

/** The frame that a flight carried; undefined where it was not captured whole. */
export const frameOf = ({ captured }: Captured): Frame | undefined => new FrameParser().push(fromHex(captured?.bytes ?? ''))[0];

/** The payload of a flight's frame, unmasked; empty where the frame was not captured whole. */
export const payloadOf = (flight: Captured): Uint8Array => frameOf(flight)?.payload ?? new Uint8Array(0);

/** The payload as text. What is not UTF-8 stands as U+FFFD. */
export const textOf = (flight: Captured): string => new TextDecoder().decode(payloadOf(flight));
