/** Keeps the server's clock known: asks for its time until that is known well, then now and then while the tap is open. */
import type { TapToPage } from '../../../protocol/messages/tap-messages.ts';
import type { ServerClock } from './server-clock.ts';

/**
 * A run may begin once the offset is known to within `sure` ms, or after `enough` exchanges and `time` ms. More than one is
 * needed: an exchange made while the page was busy tells little, and the next may tell all. At most `most` are made before the
 * run.
 */
const alignment = { sure: 0.75, enough: 4, time: 250, most: 16 };
/** Waits between later exchanges, ms: they double. */
const waits = { first: 100, longest: 30_000 };

/** What a keeper needs from its surroundings. Times in ms. */
export interface KeeperSeams {
  /** The page's clock. */
  now(): number;
  /** Calls back after `ms`; returns a function that cancels it. */
  later(ms: number, callback: () => void): () => void;
  /** Asks the server for its time. */
  ask(sentAt: number): void;
}

export class ClockKeeper {
  readonly #clock: ServerClock;
  readonly #seams: KeeperSeams;
  #exchanges = 0;
  #askedFirstAt: number | undefined;
  #isAsking = false;
  #wait = waits.first;
  #cancel: () => void = () => undefined;
  #aligned: (() => void)[] = [];

  constructor(clock: ServerClock, seams: KeeperSeams) {
    this.#clock = clock;
    this.#seams = seams;
  }

  /** Resolves when the clock is known well enough to begin a run. */
  async align(): Promise<void> {
    this.ask();
    await new Promise<void>((resolve) => this.#aligned.push(resolve));
  }

  /** The number of exchanges so far. */
  get exchanges(): number {
    return this.#exchanges;
  }

  /** Asks now, unless it is already waiting for an answer, then repeats at growing intervals. */
  ask(): void {
    this.#wait = waits.first;
    this.#askNow();
  }

  /** Takes an answer. Call it the moment the answer arrives. */
  answered(answer: TapToPage & { type: 'clock' }): void {
    const { now, later } = this.#seams;
    this.#clock.exchanged({ ...answer, answerReceivedAt: now() });
    this.#exchanges++;
    this.#isAsking = false;
    if (!this.#isAligned) return this.#askNow();
    for (const resolve of this.#aligned.splice(0)) resolve();
    this.#cancel = later(this.#wait, () => this.#askNow());
    this.#wait = Math.min(2 * this.#wait, waits.longest);
  }

  stop(): void {
    this.#cancel();
    this.#isAsking = true;
  }

  get #isAligned(): boolean {
    const { sure, enough, time, most } = alignment;
    const spent = this.#seams.now() - (this.#askedFirstAt ?? 0);
    if (this.#clock.alignment.uncertaintyMs <= sure || this.#exchanges >= most) return true;
    return this.#exchanges >= enough && spent >= time;
  }

  #askNow(): void {
    if (this.#isAsking) return;
    this.#cancel();
    this.#isAsking = true;
    const sentAt = this.#seams.now();
    this.#askedFirstAt ??= sentAt;
    this.#seams.ask(sentAt);
  }
}
