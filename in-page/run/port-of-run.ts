/** The port of a program that takes part in many runs, as one of them has it. */
import type { PeerPort } from './port-peer.ts';
import type { Delivery } from './run-messages.ts';
import type { SeedDelivered, ToSeedProgram } from './seed-messages.ts';

/** What the program still had to say of an earlier run is not heard. */
export class PortOfRun implements PeerPort {
  readonly #port: MessagePort;
  readonly #run: number;

  constructor(port: MessagePort, run: number) {
    this.#port = port;
    this.#run = run;
  }

  set onmessage(take: ((event: MessageEvent) => void) | null) {
    this.#port.onmessage = (event: MessageEvent<Partial<SeedDelivered> | null>) => {
      if (event.data?.run === this.#run) take?.(event);
    };
  }

  postMessage(delivery: Delivery): void {
    this.#port.postMessage({ type: 'delivery', ...delivery } satisfies ToSeedProgram);
  }

  close(): void {
    this.#port.onmessage = null;
  }
}
