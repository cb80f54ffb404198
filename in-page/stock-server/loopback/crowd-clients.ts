/** A crowd of WebSocket clients and their own server that restarts: the live server's crowd, on the loopback network. */
import type { CrowdListener, Outcome, StartCrowd } from '../../../sandbox-server/endpoints/crowd.ts';
import type { Cancel, Timers } from '../../../sandbox-server/endpoints/endpoint.ts';
import type { NodeParts } from '../../node/node-parts.ts';
import { LoopbackClient } from './loopback-client.ts';
import { createLoopbackNetwork } from './loopback-network.ts';
import { LoopbackServer, type LoopbackServerOptions } from './loopback-server.ts';

/** How long the server is away, how many handshakes it takes within what time, and when all is over. Times in ms. */
const restart = { away: 1000, takes: 10, within: 100, over: 60_000 };

/** Returns a function that starts crowds with these timers, each on a loopback network of its own. */
export const crowdClients =
  (timers: Timers, parts: NodeParts): StartCrowd =>
  (delays, listener) => {
    const crowd = new Crowd(timers, { ...parts, network: createLoopbackNetwork() }, delays, listener);
    return () => crowd.stop();
  };

class Crowd {
  readonly #timers: Timers;
  readonly #delays: readonly (readonly number[])[];
  readonly #listener: CrowdListener;
  readonly #parts: NodeParts;
  readonly #cancels: Cancel[] = [];
  readonly #clients = new Set<LoopbackClient>();
  #server: LoopbackServer;
  /** Clients that are not connected again and have attempts left. */
  #left: number;
  #isOver = false;

  constructor(timers: Timers, parts: NodeParts, delays: readonly (readonly number[])[], listener: CrowdListener) {
    this.#timers = timers;
    this.#parts = parts;
    this.#delays = delays;
    this.#listener = listener;
    this.#left = delays.length;
    this.#after(restart.over, () => listener.ended());
    this.#server = new LoopbackServer(parts, { listening: (port) => this.#connectAll(port) });
  }

  stop(): void {
    this.#isOver = true;
    for (const cancel of this.#cancels) cancel();
    for (const client of this.#clients) client.terminate();
    this.#server.close();
  }

  #after(ms: number, act: () => void): void {
    this.#cancels.push(this.#timers.after(ms, act));
  }

  #connectAll(port: number): void {
    let connected = 0;
    for (let i = 0; i < this.#delays.length; i++) {
      this.#connect(port, () => {
        if (++connected === this.#delays.length) this.#restart(port);
      });
    }
  }

  #restart(port: number): void {
    this.#server.close();
    this.#listener.restarted();
    for (const list of this.#delays) this.#comeBack(port, list);
    const taken: number[] = [];
    const verify: LoopbackServerOptions['verify'] = (_, answer) => {
      while ((taken[0] ?? Infinity) <= this.#timers.now() - restart.within) taken.shift();
      const takes = taken.length < restart.takes;
      if (takes) taken.push(this.#timers.now());
      answer(takes ? 101 : 503);
    };
    this.#after(restart.away, () => (this.#server = new LoopbackServer(this.#parts, { port, verify })));
  }

  #comeBack(port: number, [delay, ...later]: readonly number[]): void {
    if (delay === undefined) {
      this.#oneLess();
      return;
    }
    this.#after(delay, () =>
      this.#connect(port, (outcome) => {
        this.#listener.attempted(outcome);
        if (outcome === 'open') this.#oneLess();
        else this.#comeBack(port, later);
      }),
    );
  }

  #oneLess(): void {
    if (--this.#left === 0) this.#listener.ended();
  }

  #connect(port: number, tell: (outcome: Outcome) => void): void {
    let outcome: Outcome = 'down';
    const client = new LoopbackClient(this.#parts, {
      port,
      answered: (status) => {
        outcome = status === 101 ? 'open' : 'refused';
        if (outcome === 'open') tell(outcome);
        else client.terminate();
      },
      closed: () => {
        this.#clients.delete(client);
        if (outcome !== 'open' && !this.#isOver) tell(outcome);
      },
    });
    this.#clients.add(client);
  }
}
