/**
 * A program's clock and timers, on the run's time. Timers behave as HTML says: they run in the order of their times, those of
 * one time in the order they were set, and deeply nested ones wait at least 4 ms (HTML §8.7).
 */
import { Agenda, type Cancel } from '../switch/agenda.ts';

/** From this nesting on, a timer waits at least so many ms (HTML §8.7). */
const clamp = { nesting: 5, ms: 4 };

/** A program that reads the clock more often than this in one go waits for time to pass; each reading then moves it by `step` ms. */
const looping = { readings: 1000, step: 0.01 };

interface Timer {
  callback: () => void;
  nesting: number;
  /** ms; undefined for a timer that fires once. */
  every: number | undefined;
}

export class ProgramClock {
  readonly #agenda = new Agenda();
  readonly #cancels = new Map<number, Cancel>();
  #now = 0;
  #readings = 0;
  #tasks = 0;
  #ids = 0;
  /** The nesting of the timer that runs now; 0 outside timers. */
  #nesting = 0;
  readonly #onSet: () => void;

  /** `onSet` is called when the program sets a timer. */
  constructor(onSet: () => void = () => undefined) {
    this.#onSet = onSet;
  }

  /** The run's time for what the program does now, ms. */
  get present(): number {
    return this.#now;
  }

  /** The number of the task that runs now: a happening or a timer (HTML §8.1.7.1). */
  get task(): number {
    return this.#tasks;
  }

  /** When the next timer is due, ms of the run. */
  get nextTime(): number | undefined {
    return this.#agenda.nextTime;
  }

  /** Moves the clock on, at the beginning of what the program does in one go. */
  begin(now: number): void {
    this.#now = Math.max(this.#now, now);
    this.#readings = 0;
    this.#tasks++;
  }

  /** Returns the time as the program reads it, ms of the run. A loop that waits for time to pass ends. */
  read(): number {
    if (++this.#readings > looping.readings) this.#now += looping.step;
    return this.#now;
  }

  /** Sets a timer; returns its id. `ms` may be anything that a program passes. */
  set(callback: () => void, ms: unknown, repeats: boolean): number {
    const id = ++this.#ids;
    this.#arm(id, { callback, nesting: this.#nesting + 1, every: repeats ? delay(ms) : undefined }, delay(ms));
    this.#onSet();
    return id;
  }

  clear(id: unknown): void {
    this.#cancels.get(Number(id))?.();
    this.#cancels.delete(Number(id));
  }

  /** Takes the next timer that is due; undefined if none is. Call the returned function to run it. */
  takeDue(): (() => void) | undefined {
    const next = this.#agenda.nextTime;
    if (next === undefined || next > this.#now) return undefined;
    this.#tasks++;
    return this.#agenda.take()?.act as () => void;
  }

  #arm(id: number, timer: Timer, ms: number): void {
    const wait = timer.nesting > clamp.nesting ? Math.max(ms, clamp.ms) : ms;
    this.#cancels.set(
      id,
      this.#agenda.at(this.#now + wait, () => this.#fire(id, timer)),
    );
  }

  #fire(id: number, timer: Timer): void {
    this.#cancels.delete(id);
    if (timer.every !== undefined) this.#arm(id, { ...timer, nesting: timer.nesting + 1 }, timer.every);
    this.#nesting = timer.nesting;
    try {
      timer.callback();
    } finally {
      this.#nesting = 0;
    }
  }
}

/** Returns a delay as browsers take it: a 32-bit integer of ms, never negative (HTML §8.7, WebIDL `long`). */
function delay(ms: unknown): number {
  return Math.max(0, Number(ms) | 0);
}
