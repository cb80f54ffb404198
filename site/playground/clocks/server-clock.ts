/**
 * The server's clock as the page knows it: how far it is ahead of the page's clock. Everything seen at both ends bounds that
 * offset from below or above: a question and its answer (as in NTP, RFC 5905 §8), and each event of a run that left one end and
 * reached the other. All bounds hold together, so the more is seen, the narrower they are.
 */

/** One question and its answer, ms since the epoch. The page's clock gives sent and answer received, the server's the rest. */
export interface ClockExchange {
  sentAt: number;
  receivedAt: number;
  answeredAt: number;
  answerReceivedAt: number;
}

/** Server clock minus page clock, and its possible error either way, in ms. */
export interface ClockAlignment {
  offsetMs: number;
  uncertaintyMs: number;
}

/** A stretch of time in which the clocks ran in step: bounds on how far the server's is ahead, ms. */
interface Stretch {
  /** When it begins, on each clock. */
  page: number;
  server: number;
  least: number;
  most: number;
  /** When the bounds were last confirmed, on the page's clock. */
  boundAt: number;
}

/** Bounds on the offset at one moment of the page's clock. Infinite on a side that has no bound. */
interface Bounds {
  least: number;
  most: number;
  page: number;
}

/** Bounds may contradict each other by up to this, ms: browsers' clocks are coarse, and clocks drift a little. */
const slack = 2.5;
/** A bound further from the offset than this, ms, does not show that the clocks are still in step. */
const near = 1000;
/** The most contradictions kept until an exchange shows whether the clocks have parted. */
const mostDoubts = 32;

export class ServerClock {
  readonly #grain: number;
  readonly #stretches: Stretch[] = [{ page: -Infinity, server: -Infinity, least: -Infinity, most: Infinity, boundAt: -Infinity }];
  #doubts: Bounds[] = [];

  /** `grain` is the smallest step of the page's clock, ms. Nothing is known more exactly. */
  constructor(grain = 0) {
    this.#grain = grain;
  }

  /** Returns a clock with a known alignment. */
  static of({ offsetMs, uncertaintyMs }: ClockAlignment): ServerClock {
    const clock = new ServerClock();
    Object.assign(clock.#last, { least: offsetMs - uncertaintyMs, most: offsetMs + uncertaintyMs });
    return clock;
  }

  /** Takes an exchange: the server got the question after it was sent, and answered before the answer arrived. */
  exchanged({ sentAt, receivedAt, answeredAt, answerReceivedAt }: ClockExchange): void {
    const bounds = { least: answeredAt - answerReceivedAt, most: receivedAt - sentAt, page: sentAt };
    const stretches = this.#stretches.length;
    this.#bound(bounds, true);
    // Either the clocks have parted, and the doubts tell when, or the doubts meant nothing.
    if (this.#stretches.length > stretches) for (const doubt of this.#doubts.splice(0)) this.#bound(doubt, false);
    this.#doubts = [];
  }

  /** The client acted, on its clock, before the server saw it on its own. */
  sawFromClient(page: number, server: number): void {
    this.#bound({ least: -Infinity, most: server - page, page }, false);
  }

  /** The server acted, on its clock, before the client saw it on its own. */
  sawFromServer(server: number, page: number): void {
    this.#bound({ least: server - page, most: Infinity, page }, false);
  }

  /** True if the clocks seem to have parted, after a sleep for example. An exchange will tell. */
  get isInDoubt(): boolean {
    return this.#doubts.length > 0;
  }

  /** Converts a server time to the page's clock. Keeps the order of any two moments. */
  toPage(server: number): number {
    const at = Math.max(
      0,
      this.#stretches.findLastIndex((stretch) => stretch.server <= server),
    );
    const stretch = this.#stretches[at] as Stretch;
    const next = this.#stretches[at + 1]?.page ?? Infinity;
    return Math.min(Math.max(server - offsetOf(stretch), stretch.page), next);
  }

  /** The alignment as far as it is known now. If the clocks have parted, it describes how they run now. */
  get alignment(): ClockAlignment {
    const uncertain = this.#stretches.map(({ least, most }) => Math.abs(most - least) / 2);
    return { offsetMs: offsetOf(this.#last), uncertaintyMs: Math.max(this.#grain, ...uncertain) };
  }

  get #last(): Stretch {
    return this.#stretches.at(-1) as Stretch;
  }

  #bound(bounds: Bounds, isExchange: boolean): void {
    const { page, least, most } = bounds;
    const at = this.#stretches.findLastIndex((known) => known.page <= page);
    const stretch = this.#stretches[Math.max(0, at)] as Stretch;
    if (least - stretch.most <= slack && stretch.least - most <= slack) {
      stretch.least = Math.max(stretch.least, least);
      stretch.most = Math.min(stretch.most, most);
      const isNear = Math.min(Math.abs(most - offsetOf(stretch)), Math.abs(least - offsetOf(stretch))) < near;
      if (isNear) stretch.boundAt = Math.max(stretch.boundAt, page);
    } else if (stretch !== this.#last) {
      // This came late, about a time that is better known by now. `putInOrder` moves an effect that it would put before its
      // cause.
    } else if (isExchange) {
      // The clocks parted some time after the last moment at which they are known to have been in step.
      const { boundAt } = stretch;
      this.#stretches.push({ page: boundAt, server: boundAt + offsetOf(stretch), least, most, boundAt: page });
    } else if (this.#doubts.length < mostDoubts) this.#doubts.push(bounds);
  }
}

/**
 * When the bounds contradict each other a little, the upper one wins: then nothing reaches the server before the client sent it.
 */
function offsetOf({ least, most }: Stretch): number {
  if (least > most || least === -Infinity) return most;
  return most === Infinity ? least : (least + most) / 2;
}
