import type { Timers } from './endpoints/endpoint.ts';
import { restarting } from './refusal.ts';

/** The most time between the first and the last close, in ms: clients that all come back at once hurt. */
const widestSpread = 1000;

/** The part of the closing time that connections have to close by themselves: ending those that are left takes time too. */
const partForClosing = 0.9;

/** A group of things to close. */
interface Closing {
  readonly size: number;
  all(): Iterable<{ close(code: number, reason: string): void }>;
  terminate(): void;
  terminateOpening(): void;
}

/** Combines connections and HTTP exchanges, to close them alike. */
export function both(connections: Closing, exchanges: Omit<Closing, 'terminateOpening'>): Closing {
  return {
    get size() {
      return connections.size + exchanges.size;
    },
    all: () => [...connections.all(), ...exchanges.all()],
    terminate() {
      connections.terminate();
      exchanges.terminate();
    },
    terminateOpening: () => connections.terminateOpening(),
  };
}

/**
 * Closes connections with 1012 (service restart), spread over time, and ends the rest so that none is left after `longest` ms.
 * Resolves when none is left.
 */
export async function drain(connections: Closing, longest: number, timers: Timers): Promise<void> {
  connections.terminateOpening();
  const open = [...connections.all()];
  const spread = Math.min(widestSpread, longest / 2, open.length * 2);
  for (const [i, connection] of open.entries()) {
    // Leave the first to a timer too: what a timer starts is guarded, and a fault there keeps no other from its Close.
    timers.after((spread * i) / open.length, () => connection.close(1012, restarting.message));
  }
  const cancel = timers.after(longest * partForClosing, () => connections.terminate());
  // A stream closes a turn after we end it. Give up on what is left long after: there is nobody to wait for.
  const over = timers.now() + longest + 1000;
  while (connections.size > 0 && timers.now() < over) await new Promise<void>((resolve) => timers.after(10, resolve));
  cancel();
}
