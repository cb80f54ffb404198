/**
 * Flights as columns of numbers. Code that scans every flight of a flood, many times a second, is bound by memory: a column needs
 * one cache line for eight flights, objects need several for each.
 */
import { type Flight, isHttp } from './flight.ts';
import { isControl, Opcode } from '../wire/opcode.ts';

const columns = ['sentAt', 'departedAt', 'receivedAt', 'droppedAt', 'queuedAt', 'linkFrom', 'linkTo', 'bytes'] as const;
/** Room for this many rows at first; it doubles when full. */
const firstRoom = 256;

/** Describes a flight: bits of `FlightTable.looks`. */
export const FlightFlag = {
  fromServer: 1,
  handshake: 2,
  control: 4,
  /** Counts as carried: data frames, and all of HTTP. */
  carried: 8,
  http: 16,
  /** A frame that is not the last of its message (RFC 6455 §5.4). */
  continues: 32,
  /** Any frame of a fragmented message. */
  fragment: 64,
  /** Part of a compressed message: its bytes are not those that the program sent (RFC 7692 §7.2.3). */
  compressed: 128,
} as const;

/** Flights in columns: all of them, or only those of some connections. */
export interface FlightRows {
  columns: FlightTable;
  /** Holds 1 at the number of each connection whose flights are included; undefined includes all. */
  picked: Uint8Array | undefined;
}

/** Returns true if the rows include the flight at this place. */
export function isPicked({ columns, picked }: FlightRows, place: number): boolean {
  return picked === undefined || picked[columns.connection[place] as number] === 1;
}

/** Returns the rows of flights, building them if there are none yet. */
export function rowsOf(flights: readonly Flight[] | FlightRows): FlightRows {
  return 'columns' in flights ? flights : { columns: FlightTable.of(flights), picked: undefined };
}

/** Returns the first known value among some column entries; NaN if none is. */
export function firstKnown(a = NaN, b = NaN, c = NaN, d = NaN): number {
  return !Number.isNaN(a) ? a : !Number.isNaN(b) ? b : !Number.isNaN(c) ? c : d;
}

/** Holds a row for each flight, at the flight's place among the others. */
export class FlightTable {
  /** Number of rows. */
  length = 0;
  /** Same as a flight's fields of these names; ms, NaN if unknown. */
  sentAt = new Float64Array(firstRoom);
  departedAt = new Float64Array(firstRoom);
  receivedAt = new Float64Array(firstRoom);
  droppedAt = new Float64Array(firstRoom);
  /** Same as the fields of `onLink`; ms, NaN if unknown. */
  queuedAt = new Float64Array(firstRoom);
  linkFrom = new Float64Array(firstRoom);
  linkTo = new Float64Array(firstRoom);
  /** The flight's `length`. */
  bytes = new Float64Array(firstRoom);
  /** The number of its connection: see `numberOf`. */
  connection = new Uint32Array(firstRoom);
  /** The flight's `resent`, capped at 255. */
  resent = new Uint8Array(firstRoom);
  /** Bits of `Look`. */
  looks = new Uint8Array(firstRoom);
  readonly #numbers = new Map<string, number>();

  /** Returns the columns of these flights, in their order. */
  static of(flights: readonly Flight[]): FlightTable {
    const columns = new FlightTable();
    for (const [place, flight] of flights.entries()) columns.set(place, flight);
    return columns;
  }

  /** Returns the number of connections; they are numbered from 0. */
  get connections(): number {
    return this.#numbers.size;
  }

  /** Returns the number of a connection; undefined if it has no flights. */
  numberOf(connection: string): number | undefined {
    return this.#numbers.get(connection);
  }

  /** Returns the rows of these connections. */
  rows(connections: readonly { id: string }[]): FlightRows {
    const picked = new Uint8Array(this.connections);
    for (const { id } of connections) {
      const number = this.#numbers.get(id);
      if (number !== undefined) picked[number] = 1;
    }
    return { columns: this, picked: picked.includes(0) ? picked : undefined };
  }

  /** Writes a flight's row: a new one right after the last, or one that has changed. */
  set(place: number, flight: Flight): void {
    const { connection, onLink } = flight;
    if (place >= this.sentAt.length) this.#grow();
    if (place >= this.length) this.length = place + 1;
    let number = this.#numbers.get(connection);
    if (number === undefined) this.#numbers.set(connection, (number = this.#numbers.size));
    this.connection[place] = number;
    this.sentAt[place] = flight.sentAt;
    this.departedAt[place] = flight.departedAt ?? NaN;
    this.receivedAt[place] = flight.receivedAt ?? NaN;
    this.droppedAt[place] = flight.dropped?.at ?? NaN;
    this.queuedAt[place] = onLink?.queuedAt ?? NaN;
    this.linkFrom[place] = onLink?.from ?? NaN;
    this.linkTo[place] = onLink?.to ?? NaN;
    this.bytes[place] = flight.length;
    this.resent[place] = Math.min(flight.resent ?? 0, 255);
    this.looks[place] = lookOf(flight);
  }

  #grow(): void {
    const room = 2 * this.sentAt.length;
    for (const name of columns) {
      const before = this[name];
      this[name] = new Float64Array(room);
      this[name].set(before);
    }
    const { connection, resent, looks } = this;
    this.connection = new Uint32Array(room);
    this.connection.set(connection);
    this.resent = new Uint8Array(room);
    this.resent.set(resent);
    this.looks = new Uint8Array(room);
    this.looks.set(looks);
  }
}

function lookOf(flight: Flight): number {
  const { direction, kind, captured } = flight;
  const way = direction === 'server-to-client' ? FlightFlag.fromServer : 0;
  if (kind === 'handshake') return way | FlightFlag.handshake;
  if (isHttp(flight)) return way | FlightFlag.http | FlightFlag.carried;
  if (!captured) return way | FlightFlag.carried;
  const { fin, opcode } = captured;
  if (isControl(opcode)) return way | FlightFlag.control;
  const part = fin ? (opcode === Opcode.continuation ? FlightFlag.fragment : 0) : FlightFlag.continues | FlightFlag.fragment;
  return way | FlightFlag.carried | part | (flight.isCompressed ? FlightFlag.compressed : 0);
}
