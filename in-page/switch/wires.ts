/** The connections of a run: what an end does is handed to its connection, and what comes of it to the program at the other end. */
import { type LinkConditions, nthSeed } from '../../protocol/wire/link-conditions.ts';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import type { Agenda, Cancel } from './agenda.ts';
import { HttpConnection, type HttpConnectionParts } from './http/http-connection.ts';
import { OpenedConnection } from './opened-connection.ts';
import type { Deed, Happening } from './peer.ts';
import type { End, Handed } from './switched-connection.ts';

/** What the connections need from the switch. `Holder` is a program that takes part. */
export interface WiresParts<Holder> {
  agenda: Agenda;
  /** The run's time, ms. */
  now: () => number;
  /** The conditions of the run as they are now. */
  conditions: () => LinkConditions;
  onEvent: (event: TraceEvent) => void;
  tell: (holder: Holder, happening: Happening) => void;
}

/** A connection that a client's program opens to a port on which a server listens. */
export interface Connecting<Holder> {
  client: Holder;
  server: Holder;
  /** The client's. */
  socket: number;
  port: number;
  /** Undefined where the addresses that are asked over it have names, and it has none. */
  name: string | undefined;
  /** The conditions of its link that differ from the run's. */
  link: Partial<LinkConditions>;
  /** Returns the client's next name, for a request that is not named. */
  nextName: () => string;
}

/** A connection with the socket number and program of each end. */
interface Wire<Holder> {
  connection: OpenedConnection | HttpConnection;
  socket: Record<End, number>;
  holder: Record<End, Holder>;
  /** True once the server's program has been told of it. */
  isAccepted: boolean;
  cancelLink: Cancel | undefined;
}

/** What an end does with its connection. */
export type SocketDeed = Extract<Deed, { type: 'write' | 'end' | 'destroy' | 'ask' }>;

/** The server's sockets are numbered from here, so that no number is given twice. */
const firstServerSocket = 1_000_000_000;

export class Wires<Holder> {
  readonly #parts: WiresParts<Holder>;
  readonly #bySocket = new Map<number, { wire: Wire<Holder>; end: End }>();
  #connections = 0;
  /** Of the run: exchanges, and connections that carry some. */
  readonly #counts = { exchange: 0, socket: 0 };

  constructor(parts: WiresParts<Holder>) {
    this.#parts = parts;
  }

  connect({ client, server, socket, port, name, link, nextName }: Connecting<Holder>): void {
    const { now, conditions, onEvent: add } = this.#parts;
    const number = this.#connections++;
    const own = { now, hand: (end: End, what: Handed) => this.#hand(wire, end, what, port) };
    const http: HttpConnectionParts = {
      ...own,
      add,
      conditions,
      link,
      ownName: () => name ?? nextName(),
      take: (counted) => this.#counts[counted]++,
    };
    const seeded = (): LinkConditions => ({ ...conditions(), seed: nthSeed(conditions().seed, number), ...link });
    const wire: Wire<Holder> = {
      connection: name
        ? new OpenedConnection({ ...own, name, conditions: seeded, sink: { wanted: true, add } }, http)
        : new HttpConnection(http),
      socket: { client: socket, server: firstServerSocket + number },
      holder: { client, server },
      isAccepted: false,
      cancelLink: undefined,
    };
    this.#bySocket.set(wire.socket.client, { wire, end: 'client' });
    this.#bySocket.set(wire.socket.server, { wire, end: 'server' });
    this.#arm(wire);
  }

  /** Does what a program does with a socket; it acts on its own alone. `address` is the name of the address that it asks. */
  act(holder: Holder, deed: SocketDeed, address: string | undefined): void {
    const { wire, end } = this.#bySocket.get(deed.socket) ?? {};
    if (!wire || !end || wire.holder[end] !== holder) return;
    const { connection } = wire;
    if (deed.type === 'ask') {
      const { request, link = {} } = deed;
      if (address && connection instanceof HttpConnection) connection.nameRequest({ connection: address, request }, link);
    } else if (deed.type === 'write') connection.write(end, deed.bytes);
    else if (deed.type === 'end') connection.end(end);
    else connection.destroy(end);
    this.#arm(wire);
  }

  /** The conditions of the run have changed: what departs from now on is under the new ones. */
  conditionsChanged(): void {
    for (const { wire, end } of this.#bySocket.values()) {
      if (end === 'server') continue;
      wire.connection.conditionsChanged();
      this.#arm(wire);
    }
  }

  /** Ends the connections of a program without a word, as of a process that died. */
  destroyThoseOf(holder: Holder): void {
    for (const { wire, end } of [...this.#bySocket.values()]) {
      if (wire.holder[end] !== holder) continue;
      wire.connection.destroy(end);
      this.#arm(wire);
    }
  }

  #hand(wire: Wire<Holder>, end: End, what: Handed, port: number): void {
    const { tell } = this.#parts;
    if (end === 'server' && !wire.isAccepted) {
      wire.isAccepted = true;
      tell(wire.holder.server, { type: 'accepted', socket: wire.socket.server, port });
    }
    tell(wire.holder[end], { ...what, socket: wire.socket[end] });
    if (wire.connection.isGone) for (const side of ['client', 'server'] as const) this.#bySocket.delete(wire.socket[side]);
  }

  /** Puts down when the link has something to do next. */
  #arm(wire: Wire<Holder>): void {
    wire.cancelLink?.();
    const { nextTime } = wire.connection;
    const { agenda, now } = this.#parts;
    wire.cancelLink =
      nextTime === undefined
        ? undefined
        : agenda.at(Math.max(nextTime, now()), () => {
            wire.connection.advance();
            this.#arm(wire);
          });
  }
}
