/** What `FlightIndex` knows of one direction of one connection. */
import type { Flight } from './flight.ts';

export class FlightSide {
  handshake: Flight | undefined;
  readonly frames: Flight[] = [];
  /** When each frame entered the link, until it departs. */
  readonly enteredLinkAt = new Map<number, number>();
  /** The first frame of each message that the client sent. */
  readonly firstFrames = new Map<number, Flight>();
  /** The final frame of each message from the server, until the client has received it. */
  readonly finalFrames = new Map<number, Flight>();
  /** Receipts heard of before their frame. */
  readonly earlyReceipts = new Map<number, number>();
  /** True while the current message is compressed. */
  isCompressed = false;
}
