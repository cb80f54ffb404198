import { Link, type LinkEnd, type LinkEvent } from '../../protocol/wire/link.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Direction } from '../../protocol/wire/direction.ts';
import type { Cancel, Timers } from '../endpoints/endpoint.ts';

/** The most events on a link before others have their turn: some 20 ms of work, including what listeners do about them. */
const mostInOneTurn = 1000;

/** Runs one link in real time, with a single timer for the next event on it. */
export class LinkDriver<Unit> {
  readonly #link: Link<Unit>;
  readonly #timers: Timers;
  readonly #happened: (event: LinkEvent<Unit>) => void;
  readonly #ended: (end: LinkEnd) => void;
  readonly #guarded: (act: () => void) => void;
  #cancel: Cancel | undefined;
  #running = false;
  #queued = false;
  /** True while others have their turn; what is due goes on after them. */
  #resting = false;
  #stopped = false;

  /**
   * `guarded` runs what the timer starts, and handles what that throws. `ended` is called once, when the link is cut or goes
   * silent, after everything that it lost was reported as dropped.
   */
  constructor(
    conditions: LinkConditions,
    timers: Timers,
    happened: (event: LinkEvent<Unit>) => void,
    ended: (end: LinkEnd) => void = () => undefined,
    guarded: (act: () => void) => void = (act) => act(),
  ) {
    this.#link = new Link(conditions, timers.now());
    this.#timers = timers;
    this.#happened = happened;
    this.#ended = ended;
    this.#guarded = guarded;
    this.#arm();
  }

  /** How the link ended, if it has. */
  get end(): LinkEnd | undefined {
    return this.#link.end;
  }

  get conditions(): LinkConditions {
    return this.#link.conditions;
  }

  set conditions(conditions: LinkConditions) {
    this.#link.conditions = conditions;
    this.#arm();
  }

  /**
   * Hands a unit to the link; nothing happens before this returns. `exempt` carries it even in a direction that a simplex link
   * lacks.
   */
  send(direction: Direction, bytes: number, unit: Unit, { exempt = false } = {}): void {
    if (this.#stopped) return;
    this.#link.send(direction, bytes, unit, this.#timers.now(), { exempt });
    this.#arm();
  }

  /** Stops the link for good; what it carried is lost. */
  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Carries out what is due, including what listeners send meanwhile that is due too, up to the most for one turn. */
  #run(): void {
    let left = mostInOneTurn;
    this.#running = true;
    try {
      this.#guarded(() => {
        const hadEnded = this.#link.end;
        while (left > 0) {
          const events = this.#due(left);
          if (events.length === 0) break;
          left -= events.length;
          events.forEach(this.#happened);
        }
        if (this.#link.end && !hadEnded) this.#ended(this.#link.end);
      });
    } finally {
      this.#running = false;
      // Guard this by itself: it goes on after a fault too, and it is all that keeps the link from standing still.
      this.#guarded(() => (left > 0 ? this.#arm() : this.#rest()));
    }
  }

  #due(most: number): LinkEvent<Unit>[] {
    return this.#stopped ? [] : this.#link.advance(this.#timers.now(), most);
  }

  /** Continues in a later turn of the event loop: one client's many units must not keep the others waiting. */
  #rest(): void {
    if (this.#stopped) return;
    this.#cancel?.();
    this.#resting = true;
    this.#cancel = this.#timers.after(0, () => {
      this.#resting = false;
      this.#run();
    });
  }

  /**
   * Waits for the next event. An event that is already due happens after the caller is done, not within its call: a stream loses
   * bytes if it is written to while it hands over an earlier write.
   */
  #arm(): void {
    if (this.#running || this.#resting) return;
    this.#cancel?.();
    this.#cancel = undefined;
    const next = this.#stopped ? undefined : this.#link.nextTime;
    if (next === undefined) return;
    const wait = next - this.#timers.now();
    if (wait > 0) this.#cancel = this.#timers.after(wait, () => this.#run());
    else if (!this.#queued) {
      this.#queued = true;
      queueMicrotask(() => {
        this.#queued = false;
        if (!this.#running && !this.#resting) this.#run();
      });
    }
  }
}
