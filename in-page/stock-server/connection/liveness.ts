import type { Cancel, Timers } from '../../../sandbox-server/endpoints/endpoint.ts';
import { limits } from '../limits.ts';

/** What is done about a client that says nothing. */
export interface SilentClient {
  ping: () => void;
  giveUp: () => void;
}

/** Times in ms. */
export interface Patience {
  /** The most that the link takes for a ping and its pong. */
  linkTime: number;
  /** The silence after which a client is pinged. */
  pingAfter: number;
}

/** Pings a client that has been silent for a while, and gives it up if no answer comes: a peer that lost its network says nothing. */
export class Liveness {
  readonly #timers: Timers;
  readonly #patience: Patience;
  readonly #client: SilentClient;
  #heardAt: number;
  #isAsked = false;
  #cancel: Cancel = () => undefined;

  constructor(timers: Timers, patience: Patience, client: SilentClient) {
    this.#timers = timers;
    this.#patience = patience;
    this.#client = client;
    this.#heardAt = timers.now();
    this.#watch();
  }

  /** Notes that something came from the client. */
  heard(): void {
    this.#heardAt = this.#timers.now();
    if (!this.#isAsked) return;
    this.#isAsked = false;
    this.#cancel();
    this.#watch();
  }

  stop(): void {
    this.#cancel();
  }

  #watch(): void {
    const silentAt = this.#heardAt + this.#patience.pingAfter;
    this.#cancel = this.#timers.after(silentAt - this.#timers.now(), () => {
      if (this.#heardAt + this.#patience.pingAfter > silentAt) this.#watch();
      else this.#ping();
    });
  }

  #ping(): void {
    this.#isAsked = true;
    this.#cancel = this.#timers.after(limits.deadAfter * 1000 + this.#patience.linkTime, () => this.#client.giveUp());
    this.#client.ping();
  }
}
