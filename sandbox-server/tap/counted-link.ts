import type { Direction } from '../../protocol/wire/direction.ts';
import { whyLost } from '../../protocol/wire/drop-reasons.ts';
import type { LinkEnd, LinkEvent } from '../../protocol/wire/link.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Timers } from '../endpoints/endpoint.ts';
import { LinkDriver } from './link-driver.ts';
import type { Departure } from '../../protocol/trace/recorder.ts';

/** A piece that the link carries as a whole. */
interface Sized {
  /** How many bytes the link has to carry. */
  readonly size: number;
}

/** Hears of each unit, which the link no longer holds when it has arrived or is dropped. */
export interface LinkListener<Unit> {
  departed(direction: Direction, unit: Unit, departure: Departure): void;
  arrived(direction: Direction, unit: Unit): void;
  /** `why` is a sentence for the trace if the link has ended; undefined if it goes on, but not in this direction. */
  dropped(direction: Direction, unit: Unit, why: string | undefined): void;
  /** Called once, when the link is cut or goes silent. */
  ended(end: LinkEnd): void;
  /** Runs what the link's timer starts, and handles what that throws. */
  guarded(act: () => void): void;
}

/** A link in real time that counts the bytes it holds in each direction, waiting for their departure or on their way. */
export class CountedLink<Unit extends Sized> {
  readonly #driver: LinkDriver<Unit>;
  readonly #listener: LinkListener<Unit>;
  readonly #held: Record<Direction, number> = { 'client-to-server': 0, 'server-to-client': 0 };

  constructor(conditions: LinkConditions, timers: Timers, listener: LinkListener<Unit>) {
    this.#listener = listener;
    this.#driver = new LinkDriver(
      conditions,
      timers,
      (event) => this.#happened(event),
      (end) => listener.ended(end),
      (act) => listener.guarded(act),
    );
  }

  get conditions(): LinkConditions {
    return this.#driver.conditions;
  }

  set conditions(conditions: LinkConditions) {
    this.#driver.conditions = conditions;
  }

  /** How the link ended, if it has. */
  get end(): LinkEnd | undefined {
    return this.#driver.end;
  }

  /** The bytes that the link holds in each direction. */
  get held(): Readonly<Record<Direction, number>> {
    return this.#held;
  }

  /**
   * Hands a unit to the link; nothing happens before this returns. `exempt` carries it even in a direction that a simplex link
   * lacks.
   */
  send(direction: Direction, unit: Unit, { exempt = false } = {}): void {
    this.#held[direction] += unit.size;
    this.#driver.send(direction, unit.size, unit, { exempt });
  }

  /** Stops the link for good; what it carried is lost. */
  stop(): void {
    this.#driver.stop();
  }

  #happened(event: LinkEvent<Unit>): void {
    const { name, direction, unit } = event;
    if (name === 'departed') {
      this.#listener.departed(direction, unit, event);
      return;
    }
    this.#held[direction] -= unit.size;
    if (name === 'arrived') this.#listener.arrived(direction, unit);
    else this.#listener.dropped(direction, unit, this.end && whyLost[this.end]);
  }
}
