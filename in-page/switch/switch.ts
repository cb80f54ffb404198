/**
 * The switch of the in-page network: owns ports, connections, links and the clock of one run. It is a discrete-event simulation:
 * all that moves goes through it, one thing at a time, so the same programs, seed and link give the same run, and it always
 * knows the next moment at which something can happen.
 */
import { idealLink, type LinkConditions, nthSeed } from '../../protocol/wire/link-conditions.ts';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { Agenda, type Cancel } from './agenda.ts';
import { HttpConnection, type HttpConnectionParts } from './http/http-connection.ts';
import { OpenedConnection } from './opened-connection.ts';
import type { Deed, Happening, Peer } from './peer.ts';
import { asFastAsCanBe, type RunClock } from './run-clock.ts';
import type { End, Handed } from './switched-connection.ts';

/** What a run is made with. */
export interface SwitchParts {
  conditions?: LinkConditions;
  clock?: RunClock;
  /** Takes the events of the trace, in the order of their times. */
  onEvent: (event: TraceEvent) => void;
}

/** Bounds of a run. Times are ms of the run. */
export interface RunBounds {
  until?: number;
  /** The most things that may happen. */
  mostSteps?: number;
}

/** Why a run came to rest: nothing can happen any more, or a bound was reached. */
export type Rest = 'quiet' | 'time' | 'steps';

/** A program that takes part. */
interface Joined {
  peer: Peer;
  cancelWake: Cancel | undefined;
  /** How many of its connections, and addresses that it asks, have a name. */
  named: number;
}

/** A connection with the socket number and program of each end. */
interface Wire {
  connection: OpenedConnection | HttpConnection;
  socket: Record<End, number>;
  /** The server's program is known once somebody listens. */
  holder: Record<End, Joined>;
  /** True once the server's program has been told of it. */
  isAccepted: boolean;
  cancelLink: Cancel | undefined;
}

/** The server's sockets are numbered from here, so that no number is given twice. */
const firstServerSocket = 1_000_000_000;

export class Switch {
  readonly #parts: SwitchParts;
  readonly #clock: RunClock;
  readonly #agenda = new Agenda();
  readonly #peers: Joined[] = [];
  readonly #listeners = new Map<number, Joined>();
  readonly #wires = new Map<number, { wire: Wire; end: End }>();
  /** Names by the numbers of clients' sockets and addresses; a client also tells of a connection that was refused or is gone. */
  readonly #names = new Map<number, string>();
  readonly #conditions: LinkConditions;
  #now = 0;
  #connections = 0;
  /** Of the run: exchanges, and connections that carry some. */
  readonly #counts = { exchange: 0, socket: 0 };

  constructor(parts: SwitchParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? asFastAsCanBe;
    this.#conditions = parts.conditions ?? idealLink;
  }

  /** The run's time, ms. */
  get now(): number {
    return this.#now;
  }

  /** Starts a program at the present moment, after those that joined before it. */
  join(peer: Peer): void {
    const joined: Joined = { peer, cancelWake: undefined, named: 0 };
    this.#peers.push(joined);
    this.#tell(joined, { type: 'start' });
  }

  /** Runs until nothing can happen any more, or a bound is reached. */
  async run({ until = Infinity, mostSteps = Infinity }: RunBounds = {}): Promise<Rest> {
    for (let steps = 0; ; steps++) {
      const next = this.#agenda.nextTime;
      if (next === undefined) return 'quiet';
      if (next > until) return 'time';
      if (steps >= mostSteps) return 'steps';
      await this.#clock.until(next);
      await this.#step();
    }
  }

  async #step(): Promise<void> {
    const item = this.#agenda.take();
    if (!item) return;
    this.#now = Math.max(this.#now, item.time);
    await item.act();
  }

  #tell(joined: Joined, happening: Happening): void {
    this.#agenda.at(this.#now, () => this.#deliver(joined, happening));
  }

  async #deliver(joined: Joined, happening: Happening): Promise<void> {
    const { deeds, wakeAt } = await joined.peer.deliver(happening, this.#now);
    for (const deed of deeds) {
      if (deed.at <= this.#now) this.#do(joined, deed);
      else this.#agenda.at(deed.at, () => this.#do(joined, deed));
    }
    joined.cancelWake?.();
    joined.cancelWake =
      wakeAt === undefined
        ? undefined
        : this.#agenda.at(Math.max(wakeAt, this.#now), () => this.#deliver(joined, { type: 'time' }));
  }

  #do(joined: Joined, deed: Deed): void {
    if (deed.type === 'listen') this.#listeners.set(deed.port, joined);
    else if (deed.type === 'stop-listening') this.#listeners.delete(deed.port);
    else if (deed.type === 'connect') this.#connect(joined, deed);
    else if (deed.type === 'name-address') this.#names.set(deed.address, this.#nextName(joined));
    else this.#act(deed);
  }

  #act(deed: Exclude<Deed, { type: 'listen' | 'stop-listening' | 'connect' | 'name-address' }>): void {
    if (deed.type === 'saw') {
      const connection = this.#names.get(deed.socket);
      if (connection) this.#parts.onEvent({ ...deed.event, time: this.#now, at: 'client', connection } as TraceEvent);
      return;
    }
    const { wire, end } = this.#wires.get(deed.socket) ?? {};
    if (!wire || !end) return;
    const { connection } = wire;
    if (deed.type === 'ask') {
      const name = this.#names.get(deed.address);
      if (name && connection instanceof HttpConnection) connection.nameRequest({ connection: name, request: deed.request });
    } else if (deed.type === 'write') connection.write(end, deed.bytes);
    else if (deed.type === 'end') connection.end(end);
    else connection.destroy(end);
    this.#arm(wire);
  }

  #nextName(client: Joined): string {
    return `${client.peer.name}${++client.named}`;
  }

  #connect(client: Joined, { socket, port, carries }: Deed & { type: 'connect' }): void {
    const server = this.#listeners.get(port);
    const name = carries === 'http' ? undefined : this.#nextName(client);
    const number = this.#connections++;
    if (name) this.#names.set(socket, name);
    if (!server) {
      this.#tell(client, { type: 'refused', socket });
      return;
    }
    const add = (event: TraceEvent): void => this.#parts.onEvent(event);
    const conditions = { ...this.#conditions, seed: nthSeed(this.#conditions.seed, number) };
    const own = { now: () => this.#now, hand: (end: End, what: Handed) => this.#hand(wire, end, what, port) };
    const http: HttpConnectionParts = {
      ...own,
      add,
      conditions: this.#conditions,
      ownName: () => name ?? this.#nextName(client),
      take: (counted) => this.#counts[counted]++,
    };
    const wire: Wire = {
      connection: name
        ? new OpenedConnection({ ...own, name, conditions, sink: { wanted: true, add } }, http)
        : new HttpConnection(http),
      socket: { client: socket, server: firstServerSocket + number },
      holder: { client, server },
      isAccepted: false,
      cancelLink: undefined,
    };
    this.#wires.set(wire.socket.client, { wire, end: 'client' });
    this.#wires.set(wire.socket.server, { wire, end: 'server' });
    this.#arm(wire);
  }

  #hand(wire: Wire, end: End, what: Handed, port: number): void {
    if (end === 'server' && !wire.isAccepted) {
      wire.isAccepted = true;
      this.#tell(wire.holder.server, { type: 'accepted', socket: wire.socket.server, port });
    }
    this.#tell(wire.holder[end], { ...what, socket: wire.socket[end] });
    if (wire.connection.isGone) for (const side of ['client', 'server'] as const) this.#wires.delete(wire.socket[side]);
  }

  /** Puts down when the link has something to do next. */
  #arm(wire: Wire): void {
    wire.cancelLink?.();
    const { nextTime } = wire.connection;
    wire.cancelLink =
      nextTime === undefined
        ? undefined
        : this.#agenda.at(Math.max(nextTime, this.#now), () => {
            wire.connection.advance();
            this.#arm(wire);
          });
  }
}
