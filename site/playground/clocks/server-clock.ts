/**
 * The server's clock as the page knows it: how far it is ahead of the page's. Everything that was seen at both ends bounds
 * that, from below or from above: a question and its answer (as in NTP, RFC 5905 §8), and each thing of a run that left one end
 * and came to the other. The bounds hold together, so the more is seen, the narrower they are.
 */

/** One question and its answer, ms since the epoch: sent and answer received by the page's clock, the rest by the server's. */
export interface ClockExchange {
  sentAt: number;
  receivedAt: number;
  answeredAt: number;
  answerReceivedAt: number;
}

/** Server clock minus page clock, and by how much that may be wrong either way, in ms. */
export interface ClockAlignment {
  offsetMs: number;
  uncertaintyMs: number;
}

/** A stretch of time in which the clocks went side by side: bounds of how far the server's is ahead, ms. */
interface Stretch {
  /** Where it begins, by each clock. */
  page: number;
  server: number;
  least: number;
  most: number;
  /** When it was last seen to be so, by the page's clock. */
  boundAt: number;
}

/** What bounds the offset at one moment of the page's clock. Infinite where it bounds it from one side alone. */
interface Bounds {
  least: number;
  most: number;
  page: number;
}

/** Bounds that contradict each other by less, ms, do so because browsers' clocks are coarse, and because clocks drift a little. */
const slack = 2.5;
/** What bounds the offset no better than to this, ms, does not show that the clocks still go side by side. */
const near = 1000;
/** So many contradictions are kept until an exchange shows whether the clocks have parted. */
const mostDoubts = 32;

export class ServerClock {
  readonly #grain: number;
  readonly #stretches: Stretch[] = [{ page: -Infinity, server: -Infinity, least: -Infinity, most: Infinity, boundAt: -Infinity }];
  #doubts: Bounds[] = [];

  /** `grain`: the smallest step of the page's clock, ms. Nothing is known more exactly. */
  constructor(grain = 0) {
    this.#grain = grain;
  }

  /** One that is known to go so. */
  static of({ offsetMs, uncertaintyMs }: ClockAlignment): ServerClock {
    const clock = new ServerClock();
    Object.assign(clock.#last, { least: offsetMs - uncertaintyMs, most: offsetMs + uncertaintyMs });
    return clock;
  }

  /** Takes an exchange: the server had the question after it was sent, and answered before the answer came. */
  exchanged({ sentAt, receivedAt, answeredAt, answerReceivedAt }: ClockExchange): void {
    const bounds = { least: answeredAt - answerReceivedAt, most: receivedAt - sentAt, page: sentAt };
    const stretches = this.#stretches.length;
    this.#bound(bounds, true);
    // Either they have parted, and what raised the doubt tells when; or there was nothing in it.
    if (this.#stretches.length > stretches) for (const doubt of this.#doubts.splice(0)) this.#bound(doubt, false);
    this.#doubts = [];
  }

  /** The client did something, by its clock, before the server saw it by its own. */
  sawFromClient(page: number, server: number): void {
    this.#bound({ least: -Infinity, most: server - page, page }, false);
  }

  /** The server did something, by its clock, before the client saw it by its own. */
  sawFromServer(server: number, page: number): void {
    this.#bound({ least: server - page, most: Infinity, page }, false);
  }

  /** True where the clocks seem to have parted: after a sleep, say. An exchange will show. */
  get isInDoubt(): boolean {
    return this.#doubts.length > 0;
  }

  /** The moment of a server's time, by the page's clock. The order of two moments stays. */
  toPage(server: number): number {
    const at = Math.max(
      0,
      this.#stretches.findLastIndex((stretch) => stretch.server <= server),
    );
    const stretch = this.#stretches[at] as Stretch;
    const next = this.#stretches[at + 1]?.page ?? Infinity;
    return Math.min(Math.max(server - offsetOf(stretch), stretch.page), next);
  }

  /** As far as it is known now; where the clocks have parted, by how they go now. */
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
      // Told late, of a time of which more was told since: an effect that it would put before its cause is moved by itself.
    } else if (isExchange) {
      // They parted at some time after the last moment at which they are known to have gone side by side.
      const { boundAt } = stretch;
      this.#stretches.push({ page: boundAt, server: boundAt + offsetOf(stretch), least, most, boundAt: page });
    } else if (this.#doubts.length < mostDoubts) this.#doubts.push(bounds);
  }
}

/** Where the bounds contradict each other a little, the upper one holds: then nothing is at the server before the client sent it. */
function offsetOf({ least, most }: Stretch): number {
  if (least > most || least === -Infinity) return most;
  return most === Infinity ? least : (least + most) / 2;
}
