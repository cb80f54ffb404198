/** A network that is fetched when a run seems near. */
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import type { NetworkRun, RunListener, RunNetwork, RunPlan } from './run-network.ts';

export class LoadedNetwork implements RunNetwork {
  readonly #load: () => Promise<RunNetwork>;
  #network: Promise<RunNetwork> | undefined;

  /** `load` rejects with a PartError if the network does not load; the next use loads it again. */
  constructor(load: () => Promise<RunNetwork>) {
    this.#load = load;
  }

  prepare(conditions: LinkConditions, mayOpen: boolean): void {
    void this.#loaded().then(
      (network) => network.prepare(conditions, mayOpen),
      // Run tries again and reports what is wrong.
      () => undefined,
    );
  }

  async open(plan: RunPlan, listener: RunListener): Promise<NetworkRun> {
    return await (await this.#loaded()).open(plan, listener);
  }

  #loaded(): Promise<RunNetwork> {
    this.#network ??= this.#load().catch((error: unknown) => {
      this.#network = undefined;
      throw error;
    });
    return this.#network;
  }
}
