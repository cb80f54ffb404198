/**
 * The switch of the in-page network: owns ports, connections, links and the clock of one run. It is a discrete-event simulation:
 * all that moves goes through it, one thing at a time, so the same programs, seed and link give the same run, and it always
 * knows the next moment at which something can happen.
 */
import { idealLink, type LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { Agenda, type Cancel } from './agenda.ts';
import type { Deed, Happening, Outcome, Peer } from './peer.ts';
import { asFastAsCanBe, type RunClock } from './run-clock.ts';
import { Wires } from './wires.ts';

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
  /** How many of its connections, and addresses that it asks, have a name. */
  named: number;
  /** It is out of the run: nothing happens to it any more, and nothing it does counts. */
  hasLeft: boolean;
}

export class Switch {
  readonly #parts: SwitchParts;
  readonly #clock: RunClock;
  readonly #agenda = new Agenda();
  readonly #peers: Joined[] = [];
  readonly #listeners = new Map<number, Joined>();
  readonly #wires: Wires<Joined>;
  /** Names by the numbers of clients' sockets and addresses; a client also tells of a connection that was refused or is gone. */
  readonly #names = new Map<number, string>();
  #conditions: LinkConditions;
  #now = 0;

  constructor(parts: SwitchParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? asFastAsCanBe;
    this.#conditions = parts.conditions ?? idealLink;
    this.#wires = new Wires({
      agenda: this.#agenda,
      now: () => this.#now,
      conditions: () => this.#conditions,
      onEvent: (event) => this.#parts.onEvent(event),
      tell: (joined, happening) => this.#tell(joined, happening),
    });
  }

  /** The run's time, ms. */
  get now(): number {
    return this.#now;
  }

  /** Starts a program at the present moment, after those that joined before it. */
  join(peer: Peer): void {
    this.#moveToPresent();
    const joined: Joined = { peer, cancelWake: undefined, named: 0, hasLeft: false };
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

  /**
   * Changes the conditions of every link, for what departs from now on, and for connections to come. What a client has set for a
   * link of its own stays.
   */
  setConditions(conditions: LinkConditions): void {
    this.#moveToPresent();
    this.#conditions = conditions;
    this.#wires.conditionsChanged();
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
    this.#wires.destroyThoseOf(joined);
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
    else if (deed.type === 'connect') this.#connect(joined, deed);
    else if (deed.type === 'name-address') this.#names.set(deed.address, this.#nextName(joined));
    else this.#act(joined, deed);
  }

  #act(joined: Joined, deed: Exclude<Deed, { type: 'listen' | 'stop-listening' | 'connect' | 'name-address' | 'exit' }>): void {
    if (deed.type === 'saw') {
      const connection = this.#names.get(deed.socket);
      if (connection) this.#parts.onEvent({ ...deed.event, time: this.#now, at: 'client', connection } as TraceEvent);
      return;
    }
    this.#wires.act(joined, deed, deed.type === 'ask' ? this.#names.get(deed.address) : undefined);
  }

  #nextName(client: Joined): string {
    return `${client.peer.name}${++client.named}`;
  }

  #connect(client: Joined, { socket, port, carries, link = {} }: Deed & { type: 'connect' }): void {
    const server = this.#listeners.get(port);
    const name = carries === 'http' ? undefined : this.#nextName(client);
    if (name) this.#names.set(socket, name);
    if (server) this.#wires.connect({ client, server, socket, port, name, link, nextName: () => this.#nextName(client) });
    else {
      this.#tell(client, { type: 'refused', socket });
      this.#parts.onRefused?.(client.peer.name, port, [...this.#listeners.keys()]);
    }
  }
}
