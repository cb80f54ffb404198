/** A program of a run: takes what happens from the switch, lets the program do its part, and says what it did. */
import type { Happening, Outcome, Peer } from '../switch/peer.ts';
import { Activity } from './activity.ts';
import { ProgramNetwork, type Network } from './network.ts';
import { ProgramClock } from './program-clock.ts';

/** What surrounds a program, for its libraries and globals. */
export interface Surroundings {
  network: Network;
  clock: ProgramClock;
  activity: Activity;
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

export class Program implements Peer {
  readonly #parts: ProgramParts;
  readonly #clock = new ProgramClock();
  readonly #activity: Activity;
  readonly #network: ProgramNetwork;
  #outcome: Outcome['deeds'] = [];

  constructor(parts: ProgramParts) {
    this.#parts = parts;
    this.#activity = new Activity(parts.macrotask);
    this.#network = new ProgramNetwork(parts.index * socketsEach, (deed) =>
      this.#outcome.push({ ...deed, at: this.#clock.present }),
    );
  }

  get name(): string {
    return this.#parts.name;
  }

  async deliver(happening: Happening, now: number): Promise<Outcome> {
    this.#clock.begin(now);
    if (happening.type === 'time') await this.#runTimers();
    else {
      this.#guarded(() => {
        if (happening.type === 'start') return this.#start();
        this.#network.happened(happening);
      });
      await this.#activity.quiet();
    }
    const deeds = this.#outcome;
    this.#outcome = [];
    return { deeds, wakeAt: this.#clock.nextTime };
  }

  /** Runs the timers that are due, each in a task of its own. */
  async #runTimers(): Promise<void> {
    for (let due = this.#clock.takeDue(); due; due = this.#clock.takeDue()) {
      this.#guarded(due);
      await this.#activity.quiet();
    }
  }

  #start(): void {
    const { start, onError } = this.#parts;
    const started = start({ network: this.#network, clock: this.#clock, activity: this.#activity });
    // Do not wait for it: a program may wait there for what only happens later.
    if (started) started.catch(onError);
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.onError(error);
    }
  }
}
