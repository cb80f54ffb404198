import type { IncomingMessage } from 'node:http';
import type { Timers } from '../endpoints/endpoint.ts';
import type { Options } from '../options.ts';
import { Refusal } from '../refusal.ts';
import type { Allowance } from './allowance.ts';
import type { ClientAddresses } from './client-addresses.ts';

/**
 * When refusals are answered: at once, and beyond what a client address may have of them in a while, later. So who guesses at
 * sessions guesses slowly, however fast, and who is refused nothing notices nothing. No more than some wait at a time: one more
 * is answered 429, and its connection ends.
 */
export class Refusals {
  readonly #options: Options;
  readonly #addresses: ClientAddresses;
  readonly #timers: Timers;
  readonly #held = new Set<() => void>();
  #areAllAtOnce = false;

  constructor(options: Options, addresses: ClientAddresses, timers: Timers) {
    this.#options = options;
    this.#addresses = addresses;
    this.#timers = timers;
  }

  /** How many wait. */
  get held(): number {
    return this.#held.size;
  }

  /** Calls `answer` with what the request is answered, once it is time; never, where the client is gone by then. */
  answer(request: IncomingMessage, refusal: Refusal, answer: (refusal: Refusal) => void): void {
    const address = this.#addresses.of(request);
    const { refusalDelay } = this.#options;
    if (this.#areAllAtOnce || refusalDelay === 0 || address.countRefusal(this.#timers.now())) answer(refusal);
    else if (address.isFull('heldRefusals')) answer(this.#tooMany());
    else this.#hold(request, address, () => answer(refusal));
  }

  /** Answers those that wait, and from now on each at once: the server closes down. */
  release(): void {
    this.#areAllAtOnce = true;
    for (const end of [...this.#held]) end();
  }

  #hold({ socket }: IncomingMessage, address: Allowance, answer: () => void): void {
    const release = address.hold('heldRefusals');
    const over = (): void => {
      cancel();
      release();
      this.#held.delete(end);
      socket.removeListener('close', over);
    };
    const end = (): void => {
      over();
      answer();
    };
    const cancel = this.#timers.after(this.#options.refusalDelay * 1000, end);
    this.#held.add(end);
    // As many as wait on it: requests may come on one socket without waiting for the answers.
    socket.setMaxListeners(0);
    socket.once('close', over);
  }

  #tooMany(): Refusal {
    const { refusalBurst, refusalDelay, maxHeldRefusals } = this.#options;
    const sentence = `Your address was refused more than ${refusalBurst} requests of late, and ${maxHeldRefusals} answers to it wait already.`;
    const headers = { 'Retry-After': `${Math.ceil(refusalDelay)}`, Connection: 'close' };
    return new Refusal(429, sentence, headers, 'maxHeldRefusals');
  }
}
