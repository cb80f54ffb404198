/** Reads the life of each connection from a trace's events as they come. */
import { clientNameOf } from '../../../protocol/trace/client-name.ts';
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { Trace, TraceConnection, TraceEvent } from '../../../protocol/trace/trace.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';

/** When an end counted the connection as closed. */
export interface Closing {
  time: number;
  code: number;
  wasClean: boolean;
}

/** A connection's beginning and end as both ends saw them. Times are undefined until they are known. */
export interface ConnectionLife extends TraceConnection {
  startedAt: number | undefined;
  openedAt: Partial<Record<'client' | 'server', number>>;
  closed: Partial<Record<'client' | 'server', Closing>>;
  /** Where the tap left events out. */
  omitted: { time: number; count: number }[];
  /** The HTTP exchanges of this name, in the order they were heard of; a WebSocket connection has none. */
  exchanges: HttpExchange[];
  /** How much the browser still held of what the program had sent. */
  buffered: { time: number; amount: number }[];
  /** The two halves of its opening handshake, if they were captured. */
  handshake: Partial<Record<Direction, Flight>>;
  /** When its link stopped carrying anything. */
  linkEnds: { time: number; kind: 'cut' | 'silent' }[];
}

export class ConnectionLives {
  readonly #lives = new Map<string, ConnectionLife>();
  #connectionsRead = 0;
  #flightsRead = 0;
  #eventsRead = 0;

  /** Returns all lives, in the order they were first heard of. */
  all(): ConnectionLife[] {
    return [...this.#lives.values()];
  }

  /** The last moment known of any connection, ms. */
  get end(): number {
    let latest = 0;
    for (const life of this.#lives.values()) latest = Math.max(latest, lastKnown(life));
    return latest;
  }

  /** Takes what was added since the last call. */
  read({ connections, events }: Pick<Trace, 'connections' | 'events'>, flights: readonly Flight[]): void {
    for (; this.#connectionsRead < connections.length; this.#connectionsRead++) {
      const connection = connections[this.#connectionsRead] as TraceConnection;
      this.#life(connection.id, connection);
    }
    for (; this.#flightsRead < flights.length; this.#flightsRead++) {
      this.#noteFlight(flights[this.#flightsRead] as Flight);
    }
    for (; this.#eventsRead < events.length; this.#eventsRead++) this.#note(events[this.#eventsRead] as TraceEvent);
  }

  #noteFlight(flight: Flight): void {
    const { connection, kind, exchange } = flight;
    const life = this.#life(connection);
    if (kind === 'handshake') life.handshake[flight.direction] = flight;
    if (kind !== 'request' || !exchange) return;
    life.exchanges.push(exchange);
    if (life.startedAt === undefined) follow(life, 'startedAt', () => flight.sentAt);
    life.url ||= exchange.target;
  }

  #note(event: TraceEvent): void {
    switch (event.name) {
      case 'connection_started':
        follow(this.#life(event.connection), 'startedAt', () => event.time);
        break;
      case 'connection_opened':
        follow(this.#life(event.connection).openedAt, event.at, () => event.time);
        break;
      case 'connection_closed':
        this.#life(event.connection).closed[event.at] = event;
        break;
      case 'buffer_read':
        this.#life(event.connection).buffered.push(event);
        break;
      case 'link_cut':
      case 'link_silenced':
        this.#life(event.connection).linkEnds.push({
          kind: event.name === 'link_cut' ? 'cut' : 'silent',
          get time() {
            return event.time;
          },
        });
        break;
      case 'events_omitted':
        this.#life(event.connection).omitted.push(event);
    }
  }

  #life(id: string, known?: TraceConnection): ConnectionLife {
    let found = this.#lives.get(id);
    if (!found) {
      const named = known ?? { id, client: clientNameOf(id), url: '' };
      found = {
        ...named,
        startedAt: undefined,
        openedAt: {},
        closed: {},
        omitted: [],
        exchanges: [],
        buffered: [],
        handshake: {},
        linkEnds: [],
      };
      this.#lives.set(id, found);
    } else if (known) Object.assign(found, known);
    return found;
  }
}

/** Makes a time follow its event: event times are corrected as the server's clock becomes better known. */
function follow<Key extends string>(target: Partial<Record<Key, number | undefined>>, key: Key, time: () => number): void {
  Object.defineProperty(target, key, { get: time, enumerable: true, configurable: true });
}

function lastKnown({ startedAt = 0, closed, exchanges }: ConnectionLife): number {
  const ended = exchanges.reduce((latest, { endedAt = 0 }) => Math.max(latest, endedAt), 0);
  return Math.max(startedAt, closed.client?.time ?? 0, closed.server?.time ?? 0, ended);
}
