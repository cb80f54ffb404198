/**
 * `bufferedAmount` (WHATWG WebSockets §3.1). The network here takes all bytes at once, so a message counts until the task in
 * which it was sent is over, as the standard asks; a Blob counts until it has been read. What is sent after `close()` is never
 * transmitted and counts for ever.
 */
import type { ProgramClock } from '../program/program-clock.ts';

export class BufferedAmount {
  readonly #clock: Pick<ProgramClock, 'task'>;
  /** Bytes that the network has not taken. */
  #waiting = 0;
  /** Bytes that it has taken in the task of that number. */
  #taken = { task: -1, bytes: 0 };

  constructor(clock: Pick<ProgramClock, 'task'>) {
    this.#clock = clock;
  }

  get bytes(): number {
    return this.#waiting + (this.#taken.task === this.#clock.task ? this.#taken.bytes : 0);
  }

  /** Counts bytes that a program sends. */
  add(bytes: number): void {
    this.#waiting += bytes;
  }

  /** Notes that the network has taken so many of them. */
  take(bytes: number): void {
    const { task } = this.#clock;
    this.#waiting -= bytes;
    this.#taken = { task, bytes: (this.#taken.task === task ? this.#taken.bytes : 0) + bytes };
  }
}
