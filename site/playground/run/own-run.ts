/** Remembers what the reader's own last run was run with, so that an older run is not taken for one of what is shown now. */
import { type Signal, signal } from '@preact/signals';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import type { NetworkName } from './program.ts';

/** What a run was run with, including changes made while it was on. */
export interface RunSettings {
  /** The value of `ModelOptions.shown`. */
  program: string;
  conditions: LinkConditions;
  clients: number;
  network: NetworkName;
}

interface Known extends RunSettings {
  number: number;
  /** Why the trace misses part of the run; undefined if it is complete. */
  lacks?: string;
}

export class OwnRun {
  /** Undefined before the first run and if it could not begin. */
  readonly #known: Signal<Known | undefined> = signal(undefined);

  /** Why the run's trace misses part of it; undefined if it is complete. */
  get lacks(): string | undefined {
    return this.#known.peek()?.lacks;
  }

  begin(number: number, settings: RunSettings): void {
    this.#known.value = { number, ...settings };
  }

  /** Notes what has changed while the run is on. */
  change(changed: Partial<Omit<Known, 'number'>>): void {
    if (this.#known.value) this.#known.value = { ...this.#known.value, ...changed };
  }

  forget(): void {
    this.#known.value = undefined;
  }

  /** Returns the run's number if it was run with these settings. Reads a signal: what it computes changes with the run. */
  numberWith({ program, conditions, clients, network }: RunSettings): number | undefined {
    const run = this.#known.value;
    const isShown =
      run?.program === program && run.clients === clients && run.network === network && isAlike(run.conditions, conditions);
    return isShown ? run.number : undefined;
  }
}

const isAlike = (one: LinkConditions, other: LinkConditions): boolean => JSON.stringify(one) === JSON.stringify(other);
