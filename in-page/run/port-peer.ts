/** A program in another Worker, as the switch sees it. */
import type { Happening, Outcome, Peer } from '../switch/peer.ts';
import { readOutcome } from './read-outcome.ts';
import type { Delivered, Delivery } from './run-messages.ts';

/** What the port to a program must be able to do. */
export interface PeerPort {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(delivery: Delivery): void;
  close(): void;
}

export class PortPeer implements Peer {
  readonly name: string;
  onStray?: (outcome: Outcome) => void;
  readonly #port: PeerPort;
  readonly #onBroken: (broken: unknown) => void;
  readonly #waiting: { resolve: (outcome: Outcome) => void; reject: (why: unknown) => void }[] = [];

  /** `onBroken` is called with a BrokenOutcome that no delivery waits for. */
  constructor(name: string, port: PeerPort, onBroken: (broken: unknown) => void) {
    this.name = name;
    this.#onBroken = onBroken;
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#take(data);
  }

  /** Rejects with a BrokenOutcome if the program says that it did what no program can do. */
  deliver(happening: Happening, now: number): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#port.postMessage({ happening, now } satisfies Delivery);
    });
  }

  /** Hears nothing more of the program, whose Worker is gone: what it was doing came to nothing. */
  close(): void {
    this.#port.onmessage = null;
    this.#port.close();
    for (const { resolve } of this.#waiting.splice(0)) resolve({ deeds: [], wakeAt: undefined });
  }

  #take(data: unknown): void {
    if ((data as Partial<Delivered> | null)?.isStray) return this.#takeStray(data);
    const waiting = this.#waiting.shift();
    try {
      waiting?.resolve(readOutcome(data));
    } catch (broken) {
      waiting?.reject(broken);
    }
  }

  #takeStray(data: unknown): void {
    try {
      this.onStray?.(readOutcome(data));
    } catch (broken) {
      this.#onBroken(broken);
    }
  }
}
