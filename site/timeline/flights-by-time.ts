/**
 * Flights findable by time, while more come and those that are there change. They lie in blocks in the order in which they
 * were first heard of, which is nearly that of time; of each block is known which stretch of time it spans, so that a search
 * looks into few of them and a change is worked out for its block alone.
 */
import type { Flight } from '../../protocol/flight.ts';

const blockSize = 256;

interface Block {
  /** Flights of these places: the first, and the one after the last. */
  from: number;
  to: number;
  /** The first and the last sending and the last end in it, ms; where a flight has no end yet, `hasOpen`. */
  sentAt: number;
  lastSentAt: number;
  end: number;
  hasOpen: boolean;
  isStale: boolean;
}

type Way = Pick<Flight, 'connection' | 'direction'>;

/** When a flight's line ends; undefined while that is not known. */
export function endOf({ receivedAt, dropped }: Flight): number | undefined {
  return receivedAt ?? dropped?.at;
}

export class FlightsByTime {
  readonly #flights: readonly Flight[];
  /** Without it every flight may have changed. */
  readonly #changes: readonly Flight[] | undefined;
  readonly #blocks: Block[] = [];
  readonly #blockOf = new Map<Flight, Block>();
  readonly #latest = new Map<string, Record<string, { sentAt: number; oneWayMs: number }>>();
  #count = 0;
  #changesRead = 0;

  constructor({ flights, changes }: { flights: readonly Flight[]; changes?: readonly Flight[] | undefined }) {
    this.#flights = flights;
    this.#changes = changes;
  }

  /** Takes what has come and changed since the last time. */
  read(): void {
    for (; this.#count < this.#flights.length; this.#count++) {
      let block = this.#blocks.at(-1);
      if (!block || block.to - block.from >= blockSize) {
        block = { from: this.#count, to: this.#count, sentAt: 0, lastSentAt: 0, end: 0, hasOpen: false, isStale: true };
        this.#blocks.push(block);
      }
      block.to = this.#count + 1;
      block.isStale = true;
      if (this.#changes) this.#blockOf.set(this.#flights[this.#count] as Flight, block);
    }
    if (!this.#changes) for (const block of this.#blocks) block.isStale = true;
    else
      for (; this.#changesRead < this.#changes.length; this.#changesRead++) {
        const block = this.#blockOf.get(this.#changes[this.#changesRead] as Flight);
        if (block) block.isStale = true;
      }
    for (const block of this.#blocks) if (block.isStale) this.#bound(block);
  }

  /** The last moment of any, ms. */
  get end(): number {
    return this.#blocks.reduce((latest, { end }) => Math.max(latest, end), 0);
  }

  /** All that were read, in the order of their sending. */
  sorted(): Flight[] {
    return this.#flights.slice(0, this.#count).sort(bySending);
  }

  /** Every flight that was sent before `to` and had not ended before `from`, in the order of sending. */
  between(from: number, to: number): Flight[] {
    const found: Flight[] = [];
    let isSorted = true;
    let last = -Infinity;
    for (const block of this.#blocks) {
      if (block.sentAt > to || (!block.hasOpen && block.end < from)) continue;
      const isInside = block.sentAt >= from && block.lastSentAt <= to;
      for (let i = block.from; i < block.to; i++) {
        const flight = this.#flights[i] as Flight;
        const { sentAt } = flight;
        if (!isInside && (sentAt > to || (endOf(flight) ?? Infinity) < from)) continue;
        if (sentAt < last) isSorted = false;
        last = sentAt;
        found.push(flight);
      }
    }
    return isSorted ? found : found.sort(bySending);
  }

  lastOneWayMs({ connection, direction }: Way): number | undefined {
    return this.#latest.get(connection)?.[direction]?.oneWayMs;
  }

  #bound(block: Block): void {
    block.sentAt = Infinity;
    block.lastSentAt = 0;
    block.end = 0;
    block.hasOpen = false;
    block.isStale = false;
    for (let i = block.from; i < block.to; i++) {
      const flight = this.#flights[i] as Flight;
      const end = endOf(flight);
      block.sentAt = Math.min(block.sentAt, flight.sentAt);
      block.lastSentAt = Math.max(block.lastSentAt, flight.sentAt);
      block.end = Math.max(block.end, end ?? 0, flight.sentAt);
      block.hasOpen ||= end === undefined;
      this.#noteOneWay(flight);
    }
  }

  #noteOneWay({ kind, connection, direction, sentAt, departedAt, receivedAt }: Flight): void {
    if (kind !== 'frame' || departedAt === undefined || receivedAt === undefined) return;
    let ways = this.#latest.get(connection);
    if (!ways) this.#latest.set(connection, (ways = {}));
    const known = ways[direction];
    if (!known || known.sentAt <= sentAt) ways[direction] = { sentAt, oneWayMs: receivedAt - departedAt };
  }
}

const bySending = (a: Flight, b: Flight): number => a.sentAt - b.sentAt;
