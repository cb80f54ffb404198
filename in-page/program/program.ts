/** A program of a run: takes what happens from the switch, lets the program do its part, and says what it did. */
import type { Deed, Happening, Outcome, Peer } from '../switch/peer.ts';
import { Activity } from './activity.ts';
import { ProgramNetwork, type Network } from './network.ts';
import { ProgramClock } from './program-clock.ts';

/** What surrounds a program, for its libraries and globals. */
export interface Surroundings {
  network: Network;
  clock: ProgramClock;
  activity: Activity;
  /** Ends the program as a process ends: nothing more happens to it, and its ports and connections are given up. */
  exit: () => void;
  /** The ports on which the run's programs listened when this one began. */
  listening: readonly number[];
}

export interface ProgramParts {
  name: string;
  /** Unique in the run: numbers the program's sockets. */
  index: number;
  /** Resolves in a later task of the event loop. */
  macrotask: () => Promise<void>;
  /** Starts the program. */
  start: (surroundings: Surroundings) => void | Promise<void>;
  /** Takes what the program throws where nobody catches it. */
  onError: (error: unknown) => void;
}

/** Sockets that one program may open, and addresses that it may ask. */
const socketsEach = 1_000_000;

/** What a program may do at its sockets in one go: a loop that sends without end would fill the machine's memory. */
const mostDeeds = 100_000;
const tooMuch = `A program may do at most ${mostDeeds} things at its connections in one go: nothing leaves before it pauses, as with await.`;

export class Program implements Peer {
  readonly #parts: ProgramParts;
  readonly #clock = new ProgramClock(() => this.#noteStray());
  readonly #activity: Activity;
  readonly #network: ProgramNetwork;
  #outcome: Outcome['deeds'] = [];
  #hasExited = false;
  #isDelivering = false;
  #isStraying = false;
  onStray?: (outcome: Outcome) => void;

  constructor(parts: ProgramParts) {
    this.#parts = parts;
    this.#activity = new Activity(parts.macrotask);
    this.#network = new ProgramNetwork(parts.index * socketsEach, (deed) => this.#did({ ...deed, at: this.#clock.present }));
  }

  get name(): string {
    return this.#parts.name;
  }

  async deliver(happening: Happening, now: number): Promise<Outcome> {
    if (this.#hasExited) return { deeds: [], wakeAt: undefined };
    this.#isDelivering = true;
    this.#clock.begin(now);
    if (happening.type === 'time') await this.#runTimers();
    else {
      this.#guarded(() => {
        if (happening.type === 'start') return this.#start(happening.listening);
        this.#network.happened(happening);
      });
      await this.#activity.quiet();
    }
    this.#isDelivering = false;
    return this.#takeOutcome();
  }

  #takeOutcome(): Outcome {
    const deeds = this.#outcome;
    this.#outcome = [];
    return { deeds, wakeAt: this.#hasExited ? undefined : this.#clock.nextTime };
  }

  /** Runs the timers that are due, each in a task of its own. */
  async #runTimers(): Promise<void> {
    for (let due = this.#clock.takeDue(); due && !this.#hasExited; due = this.#clock.takeDue()) {
      this.#guarded(due);
      await this.#activity.quiet();
    }
  }

  #start(listening: readonly number[]): void {
    const { start, onError } = this.#parts;
    const surroundings = {
      network: this.#network,
      clock: this.#clock,
      activity: this.#activity,
      exit: () => this.#exit(),
      listening,
    };
    const started = start(surroundings);
    // Do not wait for it: a program may wait there for what only happens later.
    if (started) started.catch(onError);
  }

  #did(deed: Deed): void {
    if (this.#hasExited) return;
    if (this.#outcome.length >= mostDeeds) throw new RangeError(tooMuch);
    this.#outcome.push(deed);
    this.#noteStray();
  }

  /** Tells the switch of what the program does while nothing happens to it, once it is quiet again. */
  #noteStray(): void {
    if (this.#isDelivering || this.#isStraying) return;
    this.#isStraying = true;
    void this.#activity.quiet().then(() => {
      this.#isStraying = false;
      // A delivery that has begun meanwhile tells of it.
      if (!this.#isDelivering) this.onStray?.(this.#takeOutcome());
    });
  }

  #exit(): void {
    this.#did({ type: 'exit', at: this.#clock.present });
    this.#hasExited = true;
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.onError(error);
    }
  }
}
