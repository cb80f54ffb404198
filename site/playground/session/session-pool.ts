/** Sessions for one playground: a fresh one for each run, opened early when the reader seems about to press Run. */
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { openSession, type Session } from './session.ts';

/** A session that no run has taken yet. */
interface Spare {
  session: Promise<Session>;
  listener: { onEvents(events: TraceEvent[]): void; onLost(reason: string | undefined): void };
}

/** Opens sessions on one sandbox. */
export class SessionPool {
  readonly #origin: string;
  #spare: Spare | undefined;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Opens a session now, so that the next `take` gets it at once. A failure shows only in `take`. */
  prepare(conditions: LinkConditions): void {
    if (this.#spare) return;
    const spare = this.#open(conditions);
    this.#spare = spare;
    spare.session.catch(() => {
      if (this.#spare === spare) this.#spare = undefined;
    });
  }

  /** Returns a session under these conditions, whose events go to the listener. Rejects with a SandboxError. */
  async take(conditions: LinkConditions, listener: Spare['listener']): Promise<Session> {
    const spare = this.#spare;
    this.#spare = undefined;
    const prepared = await spare?.session.catch(() => undefined);
    if (spare && prepared?.isOpen()) {
      Object.assign(spare.listener, listener);
      // The session may have waited for long, and clocks drift apart.
      prepared.realign();
      await prepared.setConditions(conditions);
      return prepared;
    }
    const fresh = this.#open(conditions);
    Object.assign(fresh.listener, listener);
    return await fresh.session;
  }

  #open(conditions: LinkConditions): Spare {
    const listener: Spare['listener'] = { onEvents: () => undefined, onLost: () => undefined };
    const session = openSession(this.#origin, conditions, {
      onEvents: (events) => listener.onEvents(events),
      onLost: (reason) => listener.onLost(reason),
    });
    return { session, listener };
  }
}
