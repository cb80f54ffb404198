/**
 * The flights of a trace: what a trace's events say about each frame's way from one end to the other. A frame is seen at up to four vantage
 * points; this file joins the sightings. It joins client messages and frames by their number on the connection, since the
 * WebSocket API shows messages and the wire shows frames (RFC 6455 §5.4).
 */
import { begunFlight } from './begun-flight.ts';
import { agreesToCompress } from './compression.ts';
import type { HttpExchange } from './exchange.ts';
import { ExchangeFlights } from './exchange-flights.ts';
import { type Flight, isHttp } from './flight.ts';
import { FlightSide } from './flight-side.ts';
import { isControl, Opcode } from '../wire/opcode.ts';
import type { Trace, TraceEvent } from './trace.ts';
import type { Direction } from '../wire/direction.ts';

/** The events with these names. */
type Named<Name, Event = TraceEvent> = Event extends { name: infer Own } ? (Own & Name extends never ? never : Event) : never;

const sideOf = ({ connection, direction }: { connection: string; direction: Direction }): string => `${connection} ${direction}`;

/**
 * Builds flights from events as they come. Events of one vantage point come in order; those of different ones may interleave in
 * any way.
 */
export class FlightIndex {
  /** All flights, in the order of their first mention. */
  readonly flights: Flight[] = [];
  readonly #sides = new Map<string, FlightSide>();
  /** Connections whose server agreed to compress messages. */
  readonly #compressing = new Set<string>();
  readonly ofExchanges = new ExchangeFlights(this.flights);
  /** The flights of each side that have not come up again yet, in their order, while events are read again. */
  #again: Map<string, Flight[]> | undefined;

  /** Returns all HTTP exchanges, in the order of their first mention. */
  get exchanges(): readonly HttpExchange[] {
    return this.ofExchanges.exchanges;
  }

  /** Returns all flights, in the order in which they were sent. */
  inOrder(): Flight[] {
    return this.flights.toSorted((a, b) => a.sentAt - b.sentAt);
  }

  /** Returns what is known of one direction of a connection. */
  side(connection: string, direction: Direction): FlightSide | undefined {
    return this.#sides.get(sideOf({ connection, direction }));
  }

  /** Takes the next event; returns the flight that it changed, if any. */
  add(event: TraceEvent): Flight | undefined {
    switch (event.name) {
      case 'handshake_sent':
      case 'handshake_received':
        return this.#handshake(event);
      case 'message_sent':
        return this.#messageSent(event);
      case 'message_received':
        return this.#messageReceived(event);
      case 'frame_sent':
        return this.#frameSent(event);
      case 'frame_departed':
      case 'frame_received':
        return this.#frameMoved(event);
      case 'frame_dropped': {
        const flight = this.#side(event).frames[event.frame];
        if (flight) flight.dropped = { at: event.time, reason: event.reason };
        return flight;
      }
      default:
        return this.ofExchanges.add(event);
    }
  }

  /** Reads the same events again after their times have been corrected. Flights and exchanges keep their identity as objects. */
  reread(events: readonly TraceEvent[]): void {
    const again = new Map<string, Flight[]>();
    for (const flight of this.flights) {
      if (isHttp(flight)) continue;
      const side = again.get(sideOf(flight));
      if (side) side.push(flight);
      else again.set(sideOf(flight), [flight]);
    }
    this.#again = again;
    this.#sides.clear();
    this.ofExchanges.reread(() => {
      for (const event of events) this.add(event);
    });
    this.#again = undefined;
  }

  /** Returns true if the event adds to a known flight, rather than beginning another or belonging to none. */
  continues(event: TraceEvent): boolean {
    const side = 'direction' in event ? this.side(event.connection, event.direction) : undefined;
    switch (event.name) {
      case 'message_sent':
        return this.#side({ ...event, direction: 'client-to-server' }).firstFrames.has(event.message);
      case 'message_received':
        return this.#side({ ...event, direction: 'server-to-client' }).finalFrames.has(event.message);
      case 'frame_sent':
        return event.message !== undefined && side?.firstFrames.get(event.message)?.frame === -1;
      case 'frame_departed':
      case 'frame_received':
      case 'frame_dropped':
        return side?.frames[event.frame] !== undefined;
      case 'handshake_sent':
      case 'handshake_received':
        return side?.handshake !== undefined;
      default:
        return false;
    }
  }

  #side(of: { connection: string; direction: Direction }): FlightSide {
    const key = sideOf(of);
    let side = this.#sides.get(key);
    if (!side) this.#sides.set(key, (side = new FlightSide()));
    return side;
  }

  #start(connection: string, direction: Direction, seen: Partial<Flight> & { sentAt: number }): Flight {
    const key = sideOf({ connection, direction });
    const known = this.#again?.get(key)?.shift();
    const flight = begunFlight(known, {
      id: known?.id ?? `${key} ${this.flights.length}`,
      connection,
      direction,
      kind: 'frame',
      ...seen,
    });
    if (!known) this.flights.push(flight);
    return flight;
  }

  #handshake(event: Named<'handshake_sent' | 'handshake_received'>): Flight {
    const side = this.#side(event);
    const { time, direction, connection, bytes, leftOut } = event;
    const flight = (side.handshake ??= this.#start(connection, direction, { kind: 'handshake', sentAt: time }));
    if (event.name === 'handshake_sent') flight.sentAt = Math.min(flight.sentAt, time);
    else flight.receivedAt = Math.max(flight.receivedAt ?? 0, time);
    flight.departedAt = flight.sentAt;
    if (bytes !== undefined) {
      flight.length = bytes.length / 2;
      flight.captured = { fin: true, rsv: 0, opcode: 0, masked: false, length: flight.length, bytes };
      if (leftOut !== undefined) flight.leftOut = leftOut;
      if (direction === 'server-to-client' && agreesToCompress(bytes)) this.#compressing.add(connection);
    }
    return flight;
  }

  #messageSent(event: Named<'message_sent'>): Flight {
    const { connection, message, kind, length, time } = event;
    const side = this.#side({ connection, direction: 'client-to-server' });
    let flight = side.firstFrames.get(message);
    if (flight) {
      // The tap was heard from before the client: the frame already exists, and only now is its true start known.
      if (flight.departedAt !== undefined) flight.departedAt += time - flight.sentAt;
      flight.sentAt = time;
    } else {
      flight = this.#start(connection, 'client-to-server', { message, messageKind: kind, length, sentAt: time });
      side.firstFrames.set(message, flight);
    }
    return flight;
  }

  #messageReceived(event: Named<'message_received'>): Flight | undefined {
    const side = this.#side({ connection: event.connection, direction: 'server-to-client' });
    const flight = side.finalFrames.get(event.message);
    if (flight) flight.receivedAt = event.time;
    else side.earlyReceipts.set(event.message, event.time);
    return flight;
  }

  #frameSent(event: Named<'frame_sent'>): Flight {
    const { connection, direction, frame, message, fin, rsv, opcode, masked, length, bytes } = event;
    const side = this.#side(event);
    const begins = opcode === Opcode.text || opcode === Opcode.binary;
    const known = begins && message !== undefined ? side.firstFrames.get(message) : undefined;
    const flight = known ?? this.#start(connection, direction, { sentAt: event.time });
    Object.assign(flight, { captured: { fin, rsv, opcode, masked, length, bytes }, length, frame, message });
    // Without an extension RSV1 means nothing: the sender broke a rule (RFC 6455 §5.2).
    if (begins) side.isCompressed = (rsv & 4) !== 0 && this.#compressing.has(connection);
    if (side.isCompressed && !isControl(opcode)) flight.isCompressed = true;
    if (begins) flight.messageKind = opcode === Opcode.text ? 'text' : 'binary';
    side.frames[frame] = flight;
    side.enteredLinkAt.set(frame, event.time);
    if (message === undefined) return flight;
    if (direction === 'client-to-server') {
      if (begins) side.firstFrames.set(message, flight);
    } else if (fin) {
      side.finalFrames.set(message, flight);
      flight.receivedAt = side.earlyReceipts.get(message);
      side.earlyReceipts.delete(message);
    }
    return flight;
  }

  #frameMoved(event: Named<'frame_departed' | 'frame_received'>): Flight | undefined {
    const side = this.#side(event);
    const flight = side.frames[event.frame];
    if (!flight) return undefined;
    if (event.name === 'frame_departed') {
      const queuedAt = side.enteredLinkAt.get(event.frame) ?? event.time;
      const waited = event.time - queuedAt;
      side.enteredLinkAt.delete(event.frame);
      flight.departedAt = flight.sentAt + waited;
      flight.onLink = { queuedAt, from: event.time, to: undefined };
      if (event.resent) flight.resent = event.resent;
      if (event.takes !== undefined) flight.takes = event.takes;
    } else {
      flight.departedAt ??= flight.sentAt;
      if (flight.onLink) flight.onLink.to = event.time;
      // Towards the client the socket is not the end: the client's own sighting comes later, and may already be known.
      if (event.direction === 'client-to-server') flight.receivedAt = event.time;
      else flight.receivedAt ??= event.time;
    }
    return flight;
  }
}

/** Returns the index of a whole trace. */
export function indexOf({ events }: Pick<Trace, 'events'>): FlightIndex {
  const index = new FlightIndex();
  for (const event of events) index.add(event);
  return index;
}

/** Returns the flights of a whole trace, in the order in which they were sent. */
export function flightsOf(trace: Pick<Trace, 'events'>): Flight[] {
  return indexOf(trace).inOrder();
}
