import type { Cancel, Timers } from '../endpoints/endpoint.ts';

/** What the closing of a connection has come to, at the real socket. */
type Step = 'we said Close' | 'client said Close' | 'we ended' | 'client ended';

/** The longest that a link's latency and jitter keep a Close and its answer, in ms. */
export const linkTime = 40_000;

/**
 * Gives a client its time to answer a Close (RFC 6455 §5.5.1), and then to end its side after ours (§7.1.1). Only what is at
 * the real socket counts: the way over a link is not the client's time. A client that has ended its side gives us time in turn,
 * for what is still on the link: a slow one would otherwise carry it for hours to nobody.
 */
export class ClosingPatience {
  readonly #most: number;
  readonly #timers: Timers;
  readonly #over: () => void;
  readonly #steps = new Set<Step>();
  #waitsFor: Step | undefined;
  #cancel: Cancel | undefined;

  /** `over` is called where the client took longer than `most` ms, or we took longer than that and the link's time. */
  constructor(most: number, timers: Timers, over: () => void) {
    this.#most = most;
    this.#timers = timers;
    this.#over = over;
  }

  /** Notes a step. One that was noted before changes nothing, so that a client cannot win time by repeating it. */
  note(step: Step): void {
    this.#steps.add(step);
    const waitsFor = this.#next();
    if (waitsFor === this.#waitsFor) return;
    this.stop();
    this.#waitsFor = waitsFor;
    if (waitsFor) this.#cancel = this.#timers.after(this.#most + (waitsFor === 'we ended' ? linkTime : 0), this.#over);
  }

  /** Nothing is waited for any more. */
  stop(): void {
    this.#cancel?.();
  }

  #next(): Step | undefined {
    const has = (step: Step): boolean => this.#steps.has(step);
    if (has('client ended')) return has('we ended') ? undefined : 'we ended';
    if (has('we ended')) return 'client ended';
    return has('we said Close') && !has('client said Close') ? 'client said Close' : undefined;
  }
}
