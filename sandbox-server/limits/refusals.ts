import type { IncomingMessage } from 'node:http';
import type { Timers } from '../endpoints/endpoint.ts';
import type { Options } from '../options.ts';
import { Refusal } from '../refusal.ts';
import type { Shares } from '../endpoints/shares.ts';
import type { ClientAddresses } from './client-addresses.ts';

/**
 * Decides when to answer refusals: at once, or later for a client address that has had too many in a while. This slows down
 * anyone who guesses at sessions, and a client that is refused nothing does not notice. Only so many may wait at a time: beyond
 * that, one is answered 429 and its connection ends.
 */
export class Refusals {
  readonly #options: Options;
  readonly #addresses: ClientAddresses;
  readonly #timers: Timers;
  readonly #places: Shares;
  readonly #held = new Set<() => void>();
  /** The name under which each socket holds places within its address. */
  readonly #sockets = new WeakMap<object, string>();
  #named = 0;
  #areAllAtOnce = false;

  /** `places` are for the refusals that wait. */
  constructor(options: Options, addresses: ClientAddresses, timers: Timers, places: Shares) {
    this.#options = options;
    this.#addresses = addresses;
    this.#timers = timers;
    this.#places = places;
  }

  /** How many refusals wait. */
  get held(): number {
    return this.#held.size;
  }

  /** Calls `answer` with the refusal to send, once it is due; never if the client has gone by then. */
  answer(request: IncomingMessage, refusal: Refusal, answer: (refusal: Refusal) => void): void {
    const address = this.#addresses.of(request);
    const { refusalDelay } = this.#options;
    if (this.#areAllAtOnce || refusalDelay === 0 || address.countRefusal(request.socket, this.#timers.now())) answer(refusal);
    else this.#hold(request, address.name, answer, refusal);
  }

  /** Answers all that wait, and every later one at once, because the server is closing down. */
  release(): void {
    this.#areAllAtOnce = true;
    for (const end of [...this.#held]) end();
  }

  #hold({ socket }: IncomingMessage, address: string, answer: (refusal: Refusal) => void, refusal: Refusal): void {
    const end = (withWhat: Refusal): void => {
      // Whatever goes wrong with the place, the client waits for its answer.
      try {
        over();
      } finally {
        answer(withWhat);
      }
    };
    // Count each socket as one session: no session tells us who asked.
    const session = this.#sockets.get(socket) ?? `socket ${++this.#named}`;
    this.#sockets.set(socket, session);
    const place = this.#places.take({ address, session }, { giveWay: () => end(this.#tooMany()) });
    if ('reason' in place) {
      answer(this.#tooMany());
      return;
    }
    const due = (): void => end(refusal);
    const over = (): void => {
      cancel();
      place.release();
      this.#held.delete(due);
      socket.removeListener('close', over);
    };
    const cancel = this.#timers.after(this.#options.refusalDelay * 1000, due);
    this.#held.add(due);
    // Lift the limit on listeners: a client may send many requests on one socket without waiting for the answers.
    socket.setMaxListeners(0);
    socket.once('close', over);
  }

  #tooMany(): Refusal {
    const { refusalBurst, refusalDelay, maxHeldRefusals } = this.#options;
    const sentence = `More than ${refusalBurst} requests from your address were refused recently, and ${maxHeldRefusals} answers to it are waiting already.`;
    const headers = { 'Retry-After': `${Math.ceil(refusalDelay)}`, Connection: 'close' };
    return new Refusal(429, sentence, headers, 'maxHeldRefusals');
  }
}
