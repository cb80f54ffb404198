/**
 * The switch of the in-page network: owns ports, connections, links and the clock of one run. It is a discrete-event simulation:
 * all that moves goes through it, one thing at a time, so the same programs, seed and link give the same run, and it always
 * knows the next moment at which something can happen.
 */
import { idealLink, type LinkConditions, nthSeed } from '../../protocol/wire/link-conditions.ts';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { Agenda, type Cancel } from './agenda.ts';
import type { Deed, Happening, Outcome, Peer } from './peer.ts';
import { asFastAsCanBe, type RunClock } from './run-clock.ts';
import { type End, type Handed, SwitchedConnection } from './switched-connection.ts';

/** What a run is made with. */
export interface SwitchParts {
  conditions?: LinkConditions;
  clock?: RunClock;
  /** Takes the events of the trace, in the order of their times. */
  onEvent: (event: TraceEvent) => void;
  /** A program has asked for a port on which nobody listens; `listening` are those on which somebody does. */
  onRefused?: (program: string, port: number, listening: number[]) => void;
  /** A program has done something when nothing had happened to it: a run that is at rest goes on. */
  onStray?: () => void;
}

/** Bounds of a run, read before each step. Times are ms of the run. */
export interface RunBounds {
  readonly until?: number;
  /** The most things that may happen. */
  readonly mostSteps?: number;
}

/** Why a run came to rest: nothing can happen any more, or a bound was reached. */
export type Rest = 'quiet' | 'time' | 'steps';

/** A program that takes part. */
interface Joined {
  peer: Peer;
  cancelWake: Cancel | undefined;
  /** How many connections it has opened. */
  opened: number;
  /** It is out of the run: nothing happens to it any more, and nothing it does counts. */
  hasLeft: boolean;
}

/** A connection with the socket number and program of each end. */
interface Wire {
  /** Its number among the connections of the run. */
  number: number;
  connection: SwitchedConnection;
  socket: Record<End, number>;
  /** The server's program is known once somebody listens. */
  holder: Record<End, Joined>;
  /** True once the server's program has been told of it. */
  isAccepted: boolean;
  cancelLink: Cancel | undefined;
}

/** The server's sockets are numbered from here, so that no number is given twice. */
const firstServerSocket = 1_000_000;

export class Switch {
  readonly #parts: SwitchParts;
  readonly #clock: RunClock;
  readonly #agenda = new Agenda();
  readonly #peers: Joined[] = [];
  readonly #listeners = new Map<number, Joined>();
  readonly #wires = new Map<number, { wire: Wire; end: End }>();
  /** The connections' names by their clients' sockets; a client also tells of one that was refused or is gone. */
  readonly #names = new Map<number, string>();
  #conditions: LinkConditions;
  #now = 0;
  #connections = 0;

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
    this.#moveToPresent();
    const joined: Joined = { peer, cancelWake: undefined, opened: 0, hasLeft: false };
    this.#peers.push(joined);
    peer.onStray = (outcome) => {
      this.#moveToPresent();
      this.#take(joined, outcome);
      this.#parts.onStray?.();
    };
    this.#agenda.at(this.#now, () => this.#deliver(joined, { type: 'start', listening: [...this.#listeners.keys()] }));
  }

  /** Takes a program out of the run: its ports are free again, and its connections end without a word, as of a process that died. */
  leave(name: string): void {
    this.#moveToPresent();
    for (const joined of this.#peers) if (joined.peer.name === name && !joined.hasLeft) this.#remove(joined);
  }

  /** Changes the conditions of every link, for what departs from now on, and for connections to come. */
  setConditions(conditions: LinkConditions): void {
    this.#moveToPresent();
    this.#conditions = conditions;
    for (const { wire, end } of this.#wires.values()) {
      if (end === 'server') continue;
      wire.connection.conditions = { ...conditions, seed: nthSeed(conditions.seed, wire.number) };
      this.#arm(wire);
    }
  }

  /** Runs until nothing can happen any more, or a bound is reached. */
  async run(bounds: RunBounds = {}): Promise<Rest> {
    for (let steps = 0; ; steps++) {
      const next = this.#agenda.nextTime;
      if (next === undefined) return 'quiet';
      if (next > (bounds.until ?? Infinity)) return 'time';
      if (steps >= (bounds.mostSteps ?? Infinity)) return 'steps';
      await this.#clock.until(next);
      // Something may have been put down for an earlier moment meanwhile.
      if ((this.#agenda.nextTime ?? 0) <= this.#clock.present()) await this.#step();
    }
  }

  /** What comes from outside the run happens now, and no earlier than what has been let happen. */
  #moveToPresent(): void {
    const present = this.#clock.present();
    const next = this.#agenda.nextTime ?? (present === Infinity ? this.#now : present);
    this.#now = Math.max(this.#now, Math.min(present, next));
  }

  #remove(joined: Joined): void {
    joined.hasLeft = true;
    joined.cancelWake?.();
    this.#peers.splice(this.#peers.indexOf(joined), 1);
    for (const [port, listener] of this.#listeners) if (listener === joined) this.#listeners.delete(port);
    for (const { wire, end } of [...this.#wires.values()]) {
      if (wire.holder[end] !== joined) continue;
      wire.connection.destroy(end);
      this.#arm(wire);
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
    if (joined.hasLeft) return;
    this.#take(joined, await joined.peer.deliver(happening, this.#now));
  }

  #take(joined: Joined, { deeds, wakeAt }: Outcome): void {
    // It may have left while it was at it.
    if (joined.hasLeft) return;
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
    if (joined.hasLeft) return;
    if (deed.type === 'exit') this.#remove(joined);
    else if (deed.type === 'listen') this.#listeners.set(deed.port, joined);
    else if (deed.type === 'stop-listening') this.#listeners.delete(deed.port);
    else if (deed.type === 'connect') this.#connect(joined, deed.socket, deed.port);
    else this.#act(joined, deed);
  }

  #act(joined: Joined, deed: Exclude<Deed, { type: 'listen' | 'stop-listening' | 'connect' | 'exit' }>): void {
    if (deed.type === 'saw') {
      const connection = this.#names.get(deed.socket);
      if (connection) this.#parts.onEvent({ ...deed.event, time: this.#now, at: 'client', connection } as TraceEvent);
      return;
    }
    const { wire, end } = this.#wires.get(deed.socket) ?? {};
    // A program acts on its own sockets alone.
    if (!wire || !end || wire.holder[end] !== joined) return;
    const { connection } = wire;
    if (deed.type === 'write') connection.write(end, deed.bytes);
    else if (deed.type === 'end') connection.end(end);
    else connection.destroy(end);
    this.#arm(wire);
  }

  #connect(client: Joined, socket: number, port: number): void {
    const server = this.#listeners.get(port);
    const name = `${client.peer.name}${++client.opened}`;
    const number = this.#connections++;
    this.#names.set(socket, name);
    if (!server) {
      this.#tell(client, { type: 'refused', socket });
      this.#parts.onRefused?.(client.peer.name, port, [...this.#listeners.keys()]);
      return;
    }
    const wire: Wire = {
      number,
      connection: new SwitchedConnection({
        name,
        conditions: { ...this.#conditions, seed: nthSeed(this.#conditions.seed, number) },
        sink: { wanted: true, add: (event) => this.#parts.onEvent(event) },
        now: () => this.#now,
        hand: (end, what) => this.#hand(wire, end, what, port),
      }),
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
