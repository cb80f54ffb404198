import { both, drain } from '../drain.ts';
import { orNone } from '../options.ts';
import { restarting } from '../refusal.ts';
import type { Services } from './services.ts';

type Drained = Pick<Services, 'options' | 'timers' | 'refusals' | 'connections' | 'exchanges' | 'sessions'>;

/** Closes a sandbox down, once. */
export class Shutdown {
  readonly #services: Drained;
  #done: Promise<void> | undefined;

  constructor(services: Drained) {
    this.#services = services;
  }

  /** True from the beginning of the shutdown on. */
  get hasBegun(): boolean {
    return this.#done !== undefined;
  }

  /** Throws a Refusal once the shutdown has begun; call it before opening anything that would have to be closed again. */
  refuseNew(): void {
    if (this.hasBegun) throw restarting;
  }

  /** Closes connections and exchanges within the `drain` option's time, then ends all sessions. Resolves when all are gone. */
  begin(): Promise<void> {
    const { options, timers, refusals, connections, exchanges, sessions } = this.#services;
    refusals.release();
    this.#done ??= drain(both(connections, exchanges), orNone(options.drain) * 1000, timers).then(() => sessions.close());
    return this.#done;
  }
}
