/**
 * Node's timers on the run's clock. They differ from a browser's: they are objects, wait at least 1 ms, and at no nesting more
 * (Node's documentation, "Timers"). So they have an agenda of their own, of which the clock is asked for the next time alone.
 */
import { Agenda, type Cancel } from '../../switch/agenda.ts';
import type { ProgramClock } from '../../program/program-clock.ts';
import { functionOf } from '../argument-error.ts';
import { Immediate, Timeout, type TimerCallback } from './timeout.ts';

/** Node takes a longer delay, and one that is no number, as 1 ms. */
const longest = 2 ** 31 - 1;

/** Returns a delay as Node takes it, ms. */
function delayOf(ms: unknown): number {
  const delay = Number(ms);
  return delay >= 1 && delay <= longest ? Math.trunc(delay) : 1;
}

export class NodeTimers {
  readonly #clock: ProgramClock;
  readonly #agenda = new Agenda();
  /** Timers that are to fire, by their numbers. */
  readonly #active = new Map<number, { timer: Timeout | Immediate; cancel: Cancel }>();
  #wake: { id: number; time: number } | undefined;
  #isFiring = false;
  #ids = 0;

  constructor(clock: ProgramClock) {
    this.#clock = clock;
  }

  setTimeout(callback: TimerCallback, ms?: unknown, ...values: unknown[]): Timeout {
    return this.#timeout(callback, delayOf(ms), false, values);
  }

  setInterval(callback: TimerCallback, ms?: unknown, ...values: unknown[]): Timeout {
    return this.#timeout(callback, delayOf(ms), true, values);
  }

  /** Runs before any timer, once the program has done what it does now. */
  setImmediate(callback: TimerCallback, ...values: unknown[]): Immediate {
    const act = functionOf('callback', callback);
    const immediate = new Immediate(() => this.#stop(id));
    const id = this.#start(immediate, 0, () => {
      this.#stop(id);
      act.apply(immediate, values);
    });
    return immediate;
  }

  /** Takes what any of the three returned, or a timeout's number. Ignores anything else, as Node does. */
  clear(timer: unknown): void {
    const timeout = typeof timer === 'object' ? timer : this.#active.get(Number(timer))?.timer;
    if (timeout instanceof Timeout || timeout instanceof Immediate) timeout.stop();
  }

  #timeout(callback: TimerCallback, ms: number, repeats: boolean, values: unknown[]): Timeout {
    const act = functionOf('callback', callback);
    const fire = (): void => {
      // A timer is over once it fires, unless it repeats or is refreshed meanwhile.
      if (repeats) start();
      else this.#stop(id);
      act.apply(timeout, values);
    };
    const id = ++this.#ids;
    const start = (): void => void this.#start(timeout, ms, fire, id);
    const timeout: Timeout = new Timeout(id, { refresh: start, stop: () => this.#stop(id) });
    start();
    return timeout;
  }

  #start(timer: Timeout | Immediate, ms: number, fire: () => void, id = ++this.#ids): number {
    this.#active.get(id)?.cancel();
    this.#active.set(id, { timer, cancel: this.#agenda.at(this.#clock.present + ms, fire) });
    this.#arm();
    return id;
  }

  #stop(id: number): void {
    this.#active.get(id)?.cancel();
    this.#active.delete(id);
    this.#arm();
  }

  /** Asks the clock for the next time, if it has not been asked. */
  #arm(): void {
    const next = this.#agenda.nextTime;
    if (this.#isFiring || next === this.#wake?.time) return;
    if (this.#wake) this.#clock.clear(this.#wake.id);
    this.#wake = undefined;
    if (next === undefined) return;
    const id = this.#clock.set(() => this.#fire(), Math.ceil(next - this.#clock.present), false);
    this.#wake = { id, time: next };
  }

  /** Runs the next timer that is due: one at a time, so that each is a task of its own. */
  #fire(): void {
    this.#wake = undefined;
    this.#isFiring = true;
    // Asking in a microtask, the clock does not take the next timer for a nested one, which it would hold back.
    queueMicrotask(() => {
      this.#isFiring = false;
      this.#arm();
    });
    const next = this.#agenda.nextTime;
    if (next !== undefined && next <= this.#clock.present) void this.#agenda.take()?.act();
  }
}
