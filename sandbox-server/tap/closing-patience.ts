import type { Cancel, Timers } from '../endpoints/endpoint.ts';

/** A step in the closing of a connection, as seen at the real socket. */
type Step = 'we said Close' | 'client said Close' | 'we ended' | 'client ended';

/** The longest that a link's latency and jitter delay a Close and its answer, in ms. */
export const linkTime = 40_000;

/**
 * Gives a client time to answer a Close (RFC 6455 §5.5.1), and then to end its side after ours (§7.1.1). Only the real socket
 * counts: the client does not pay for time on a link. Once the client has ended its side, we too have limited time for what is
 * still on the link: a slow one would otherwise carry it to nobody for hours.
 */
export class ClosingPatience {
  readonly #most: number;
  readonly #timers: Timers;
  readonly #over: () => void;
  readonly #steps = new Set<Step>();
  #waitsFor: Step | undefined;
  #cancel: Cancel | undefined;

  /** Calls `over` when the client takes longer than `most` ms, or we take longer than that plus the link's time. */
  constructor(most: number, timers: Timers, over: () => void) {
    this.#most = most;
    this.#timers = timers;
    this.#over = over;
  }

  /** Notes a step. Repeating one changes nothing, so a client cannot win time that way. */
  note(step: Step): void {
    this.#steps.add(step);
    const waitsFor = this.#next();
    if (waitsFor === this.#waitsFor) return;
    this.stop();
    this.#waitsFor = waitsFor;
    if (waitsFor) this.#cancel = this.#timers.after(this.#most + (waitsFor === 'we ended' ? linkTime : 0), this.#over);
  }

  /** Stops waiting. */
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
