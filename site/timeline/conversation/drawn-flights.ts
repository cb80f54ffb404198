/** The drawn flights of a group, in the order of their connections and then of sending. */
import type { Flight } from '../../../protocol/trace/flight.ts';
import { firstKnown, FlightFlag, type FlightTable } from '../../../protocol/trace/flight-table.ts';

export type FlightLook = 'handshake' | 'http' | 'control' | 'data';

/**
 * What a picture has to know of each flight, by its place among them. It reads columns of numbers, since every animation frame may
 * bring a thousand: the flights themselves lie anywhere in memory. Times are in ms, NaN while unknown.
 */
export class DrawnFlights {
  readonly flights: readonly Flight[];
  /** How many flights are not drawn, since they fall on the drawn ones. */
  readonly leftOut: number;
  readonly #columns: FlightTable;
  readonly #places: readonly number[];

  /** `places` are those of the flights in the columns. */
  constructor(columns: FlightTable, places: readonly number[], flights: readonly Flight[], leftOut: number) {
    this.#columns = columns;
    this.#places = places;
    this.flights = flights;
    this.leftOut = leftOut;
  }

  sentAt(i: number): number {
    return this.#columns.sentAt[this.#places[i] as number] as number;
  }

  departedAt(i: number): number {
    return this.#columns.departedAt[this.#places[i] as number] as number;
  }

  receivedAt(i: number): number {
    return this.#columns.receivedAt[this.#places[i] as number] as number;
  }

  droppedAt(i: number): number {
    return this.#columns.droppedAt[this.#places[i] as number] as number;
  }

  /** When it left its lane: as it departed, or else where it was dropped or sent. */
  leftAt(i: number): number {
    return firstKnown(this.departedAt(i), this.droppedAt(i), this.sentAt(i));
  }

  /** How often the link lost it. */
  resent(i: number): number {
    return this.#columns.resent[this.#places[i] as number] as number;
  }

  isFromServer(i: number): boolean {
    return (this.#flags(i) & FlightFlag.fromServer) !== 0;
  }

  look(i: number): FlightLook {
    const flags = this.#flags(i);
    if (flags & FlightFlag.handshake) return 'handshake';
    if (flags & FlightFlag.http) return 'http';
    return flags & FlightFlag.control ? 'control' : 'data';
  }

  /** True for a frame that is not the last of its message. */
  continues(i: number): boolean {
    return (this.#flags(i) & FlightFlag.continues) !== 0;
  }

  /** True for any frame of a fragmented message (RFC 6455 §5.4). */
  isFragment(i: number): boolean {
    return (this.#flags(i) & FlightFlag.fragment) !== 0;
  }

  #flags(i: number): number {
    return this.#columns.looks[this.#places[i] as number] as number;
  }
}
