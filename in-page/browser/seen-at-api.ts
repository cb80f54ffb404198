/** Reports what a program sees at the API of one connection, as the live network's observer does (site/runner/sandboxed/traced). */
import { ApiSightings } from '../program/api-sightings.ts';
import type { Socket } from '../program/network.ts';
import type { ProgramClock } from '../program/program-clock.ts';
import type { BufferedAmount } from './buffered-amount.ts';
import type { SentData } from './sent-data.ts';

/** Characters of an address that the trace keeps. */
const longestAddress = 2_000;

/** When to look at the buffer after a message was sent, ms. */
const lookAfter = 10;

export class SeenAtApi extends ApiSightings {
  readonly #clock: ProgramClock;
  readonly #buffered: BufferedAmount;
  /** When the buffer is looked at next, or was last; ms of the run. */
  #lookAt = 0;
  #willLook = false;

  constructor(socket: Socket, clock: ProgramClock, buffered: BufferedAmount) {
    super(socket);
    this.#clock = clock;
    this.#buffered = buffered;
  }

  override started(address: string): void {
    super.started(address.length > longestAddress ? `${address.slice(0, longestAddress)}…` : address);
  }

  sent({ kind, length }: SentData): void {
    const { present } = this.#clock;
    if (present >= this.#lookAt) this.#lookAt = present + lookAfter;
    this.messageSent(kind, length);
  }

  /**
   * Notes bytes that are never transmitted. Nothing else is in the buffer by the time it is looked at, so that looking is worth a
   * timer for them alone.
   */
  discarded(): void {
    const wait = this.#lookAt - this.#clock.present;
    if (this.#willLook || wait <= 0) return;
    this.#willLook = true;
    const look = (): void => this.bufferRead(this.#buffered.bytes);
    this.#clock.set(look, Math.ceil(wait), false);
  }

  received(message: string | Uint8Array): void {
    const isText = typeof message === 'string';
    const length = isText ? new TextEncoder().encode(message).length : message.length;
    this.messageReceived(isText ? 'text' : 'binary', length);
  }
}
