/**
 * Finds flights by time, while more come and known ones change. They lie in blocks in the order they were first heard of, which
 * is nearly the order of time. Each block knows the stretch of time it spans, so a search looks into few blocks and a change
 * affects only its own.
 */
import type { Flight } from '../../../protocol/trace/flight.ts';
import { firstKnown, FlightTable, type FlightRows } from '../../../protocol/trace/flight-table.ts';
import type { DrawnFlights } from './drawn-flights.ts';
import type { Picked } from './visible-flights.ts';

const blockSize = 256;
/** A group of at most this many flights is drawn whole, even where they fall on each other. */
const mostWhole = 400;

interface Block {
  /** The first and last sending and the last end in it, ms; `hasOpen` if a flight has no end yet. */
  sentAt: number;
  lastSentAt: number;
  end: number;
  hasOpen: boolean;
  isStale: boolean;
}

type Way = Pick<Flight, 'connection' | 'direction'>;

/** Returns when a flight's line ends, ms; undefined while unknown. */
export function endOf({ receivedAt, dropped }: Flight): number | undefined {
  return receivedAt ?? dropped?.at;
}

export class FlightTimeIndex {
  readonly #flights: readonly Flight[];
  /** Undefined if every flight may have changed. */
  readonly #changes: readonly Flight[] | undefined;
  readonly #columns = new FlightTable();
  readonly #blocks: Block[] = [];
  readonly #placeOf = new Map<Flight, number>();
  readonly #latest = new Map<string, Record<string, { sentAt: number; oneWayMs: number }>>();
  /** The places found by the last search. */
  #found = new Uint32Array(0);
  #count = 0;
  #changesRead = 0;

  constructor({ flights, changes }: { flights: readonly Flight[]; changes?: readonly Flight[] | undefined }) {
    this.#flights = flights;
    this.#changes = changes;
  }

  /** Takes what has come or changed since the last call. */
  read(): void {
    if (!this.#changes) for (let place = 0; place < this.#count; place++) this.#take(place);
    for (; this.#count < this.#flights.length; this.#count++) {
      this.#take(this.#count);
      if (this.#changes) this.#placeOf.set(this.#flights[this.#count] as Flight, this.#count);
    }
    for (; this.#changes && this.#changesRead < this.#changes.length; this.#changesRead++) {
      const place = this.#placeOf.get(this.#changes[this.#changesRead] as Flight);
      if (place !== undefined) this.#take(place);
    }
    for (const [i, block] of this.#blocks.entries()) if (block.isStale) this.#bound(i, block);
  }

  /** The last moment of any flight, ms. */
  get end(): number {
    return this.#blocks.reduce((latest, { end }) => Math.max(latest, end), 0);
  }

  /** Returns all flights read so far, in the order they were sent. */
  sorted(): Flight[] {
    return this.#flights.slice(0, this.#count).sort(bySending);
  }

  /** Returns the columns of the flights on these connections, as last read. */
  rows(connections: readonly { id: string }[]): FlightRows {
    return this.#columns.rows(connections);
  }

  /** Returns every flight that was sent before `to` and had not ended before `from`, in the order of sending. */
  between(from: number, to: number): Flight[] {
    return this.#at(this.#inOrder(Array.from(this.#places(from, to))));
  }

  /** Returns, for each group of connections, the flights between two times that a picture can tell apart. */
  drawn(from: number, to: number, groups: readonly (readonly { id: string }[])[], picked: Picked): DrawnFlights[] {
    const columns = this.#columns;
    const groupOf = new Int32Array(columns.connections).fill(-1);
    // Flights of a group's first connection are named first.
    const rank = new Float64Array(columns.connections);
    for (const [group, connections] of groups.entries()) {
      for (const [i, { id }] of connections.entries()) {
        const number = columns.numberOf(id);
        if (number === undefined) continue;
        groupOf[number] = group;
        rank[number] = i;
      }
    }
    const keep = picked.keep ? this.#flights.indexOf(picked.keep) : -1;
    const by = { groupOf, groups: groups.length, perMs: picked.perMs, keep, whole: mostWhole };
    return picked.visibleFlights(columns, this.#places(from, to), by).map(({ drawn, leftOut }) => {
      const places = this.#inOrder(drawn, rank);
      return new picked.DrawnFlights(columns, places, this.#at(places), leftOut);
    });
  }

  lastOneWayMs({ connection, direction }: Way): number | undefined {
    return this.#latest.get(connection)?.[direction]?.oneWayMs;
  }

  /** Returns the places of the flights between two times, in the order they stand. Valid until the next search. */
  #places(from: number, to: number): Uint32Array {
    if (this.#found.length < this.#count) this.#found = new Uint32Array(2 * this.#count);
    const { sentAt, receivedAt, droppedAt } = this.#columns;
    const found = this.#found;
    let length = 0;
    for (const [i, block] of this.#blocks.entries()) {
      if (block.sentAt > to || (!block.hasOpen && block.end < from)) continue;
      const isInside = block.sentAt >= from && block.lastSentAt <= to;
      for (let place = i * blockSize; place < Math.min((i + 1) * blockSize, this.#count); place++) {
        if (!isInside) {
          if ((sentAt[place] as number) > to) continue;
          // A flight without an end gives NaN here, so it is never skipped.
          if (firstKnown(receivedAt[place], droppedAt[place]) < from) continue;
        }
        found[length++] = place;
      }
    }
    return found.subarray(0, length);
  }

  /** Returns places by rank of connection, then in the order of sending; they are mostly in order already. */
  #inOrder(places: number[], rank?: Float64Array): number[] {
    const { sentAt, connection } = this.#columns;
    const rankOf = (place: number): number => rank?.[connection[place] as number] ?? 0;
    const compare = (a: number, b: number): number => rankOf(a) - rankOf(b) || (sentAt[a] as number) - (sentAt[b] as number);
    for (let i = 1; i < places.length; i++) {
      if (compare(places[i - 1] as number, places[i] as number) > 0) return places.sort(compare);
    }
    return places;
  }

  #at(places: readonly number[]): Flight[] {
    const flights = this.#flights;
    return places.map((place) => flights[place] as Flight);
  }

  #take(place: number): void {
    const flight = this.#flights[place] as Flight;
    this.#columns.set(place, flight);
    this.#noteOneWay(flight);
    const block = Math.floor(place / blockSize);
    const known = (this.#blocks[block] ??= { sentAt: 0, lastSentAt: 0, end: 0, hasOpen: false, isStale: true });
    known.isStale = true;
  }

  #bound(index: number, block: Block): void {
    const { sentAt, receivedAt, droppedAt } = this.#columns;
    let [first, last, latest] = [Infinity, 0, 0];
    block.hasOpen = false;
    block.isStale = false;
    for (let place = index * blockSize; place < Math.min((index + 1) * blockSize, this.#count); place++) {
      const sent = sentAt[place] as number;
      const end = firstKnown(receivedAt[place], droppedAt[place]);
      if (sent < first) first = sent;
      if (sent > last) last = sent;
      if (end > latest) latest = end;
      else if (Number.isNaN(end)) block.hasOpen = true;
    }
    Object.assign(block, { sentAt: first, lastSentAt: last, end: Math.max(latest, last) });
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
