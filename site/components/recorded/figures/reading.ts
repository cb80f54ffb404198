/** A recorded trace as figures read it: one connection, one direction, one frame. */
import { type DuplexMeasure, measureDuplex } from '../../../../protocol/measures/duplex.ts';
import { type Flight, isData } from '../../../../protocol/trace/flight.ts';
import { flightsOf } from '../../../../protocol/trace/flight-index.ts';
import { frameOf } from '../../../../protocol/trace/payload.ts';
import type { Trace, VantagePoint } from '../../../../protocol/trace/trace.ts';
import type { Direction } from '../../../../protocol/wire/direction.ts';
import { type Frame, Opcode } from '../../../../protocol/wire/frame.ts';

/** Picks a connection and a data frame (both count from 1; by default the first), and a direction or an end. */
export interface Place {
  connection?: number;
  direction?: Direction;
  frame?: number;
  at?: 'client' | 'server';
  /** A header field, a kind of visitor, or a type of message. */
  name?: string;
}

/** Returns a figure as text with its unit. */
export type ReadFigure = (reading: Reading) => string;

export class Reading {
  readonly trace: Trace;
  readonly direction: Direction;
  readonly at: 'client' | 'server';
  readonly name: string;
  /** Flights of all connections. */
  readonly all: readonly Flight[];
  /** Flights of the connection. */
  readonly flights: readonly Flight[];
  /** Data frames of the connection in the direction, in the order they were sent. */
  readonly data: readonly Flight[];
  readonly #of: string;
  readonly #id: string | undefined;
  readonly #frame: number;

  /** `of` names the figure in the error for a trace that does not hold it. */
  constructor(trace: Trace, of: string, place: Place) {
    const { connection = 1, direction = 'client-to-server', frame = 1, at = 'client', name = '' } = place;
    this.trace = trace;
    this.direction = direction;
    this.at = at;
    this.name = name;
    this.#of = of;
    this.#id = trace.connections[connection - 1]?.id;
    this.#frame = frame;
    this.all = flightsOf(trace);
    this.flights = this.all.filter((flight) => flight.connection === this.#id);
    this.data = this.flights.filter((flight) => isData(flight) && flight.direction === direction);
  }

  /** The connection's name in the trace. */
  get id(): string {
    return this.known(this.#id);
  }

  get duplex(): DuplexMeasure {
    return measureDuplex(this.flights);
  }

  /** The handshake's message in the direction. */
  get handshake(): Flight {
    return this.known(this.flights.find(({ kind, direction }) => kind === 'handshake' && direction === this.direction));
  }

  /** The data frame's index among those in its direction, from 0. */
  get index(): number {
    return this.#frame - 1;
  }

  /** The data frame. */
  get flight(): Flight {
    return this.known(this.data[this.index]);
  }

  /** What was captured of the data frame. */
  get captured(): NonNullable<Flight['captured']> {
    return this.known(this.flight.captured);
  }

  /** Returns the frame that a flight carried. */
  frameOf(flight: Flight | undefined): Frame {
    return this.known(flight && frameOf(flight));
  }

  /** The payload of the Close frame in the direction (RFC 6455 §5.5.1). */
  get closePayload(): Uint8Array {
    return this.frameOf(this.control(Opcode.close)).payload;
  }

  /** Returns the first control frame with that opcode, by default in the reading's direction. */
  control(opcode: number, direction = this.direction): Flight {
    const isIt = (flight: Flight): boolean => flight.direction === direction && flight.kind === 'frame';
    return this.known(this.flights.find((flight) => isIt(flight) && flight.captured?.opcode === opcode));
  }

  /** Returns when an event of the connection was first seen, ms. */
  timeOf(name: string, at: VantagePoint = 'client'): number {
    const isIt = (event: Trace['events'][number]): boolean =>
      event.connection === this.#id && event.at === at && event.name === name;
    return this.known(this.trace.events.find(isIt)).time;
  }

  /** Returns the value. Throws a RangeError if the trace does not hold it. */
  known<Value>(value: Value | undefined): Value {
    if (value === undefined) throw new RangeError(`Cannot measure "${this.#of}": the trace does not hold it`);
    return value;
  }
}
