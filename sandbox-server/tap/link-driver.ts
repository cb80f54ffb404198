import { Link, type LinkConditions, type LinkEvent } from '../../protocol/link.ts';
import type { Direction } from '../../protocol/trace.ts';
import type { Cancel, Timers } from '../endpoints/endpoint.ts';

/** Runs one link in real time: keeps a single timer for the next thing that happens on it. */
export class LinkDriver<Unit> {
  readonly #link: Link<Unit>;
  readonly #timers: Timers;
  readonly #happened: (event: LinkEvent<Unit>) => void;
  #cancel: Cancel | undefined;
  #running = false;
  #stopped = false;

  constructor(conditions: LinkConditions, timers: Timers, happened: (event: LinkEvent<Unit>) => void) {
    this.#link = new Link(conditions);
    this.#timers = timers;
    this.#happened = happened;
  }

  get conditions(): LinkConditions {
    return this.#link.conditions;
  }

  set conditions(conditions: LinkConditions) {
    this.#link.conditions = conditions;
    this.#run();
  }

  /** Hands a unit to the link. `exempt` carries it even in a direction that a simplex link lacks. */
  send(direction: Direction, bytes: number, unit: Unit, { exempt = false } = {}): void {
    if (this.#stopped) return;
    const conditions = this.#link.conditions;
    // The link decides about dropping as it takes a unit, so for an exempt one the mode is another for that moment.
    if (exempt) this.#link.conditions = { ...conditions, duplex: 'full' };
    this.#link.send(direction, bytes, unit, this.#timers.now());
    if (exempt) this.#link.conditions = conditions;
    this.#run();
  }

  /** Nothing happens on the link any more; what it carried is lost. */
  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Lets happen what is due. Units sent by a listener meanwhile come after what is due already, so that order holds. */
  #run(): void {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let events = this.#due(); events.length > 0; events = this.#due()) events.forEach(this.#happened);
    } finally {
      this.#running = false;
      this.#arm();
    }
  }

  #due(): LinkEvent<Unit>[] {
    return this.#stopped ? [] : this.#link.advance(this.#timers.now());
  }

  #arm(): void {
    this.#cancel?.();
    const next = this.#stopped ? undefined : this.#link.nextTime;
    this.#cancel = next === undefined ? undefined : this.#timers.after(next - this.#timers.now(), () => this.#run());
  }
}
