import type { Timers } from './endpoints/endpoint.ts';

/** How far apart the first and the last close are at most, in ms: clients that all come back at once hurt. */
const widestSpread = 1000;

/** Of the time that closing down may take, connections have this part to close by themselves; to end those that are left takes time too. */
const partForClosing = 0.9;

/** What is to be closed. */
interface Closing {
  readonly size: number;
  all(): Iterable<{ close(code: number, reason: string): void }>;
  terminate(): void;
  terminateOpening(): void;
}

/** Connections and HTTP exchanges, to be closed alike. */
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
 * Closes connections with 1012 (service restart), spread over time, and ends those that are left so that none is after
 * `longest` ms. Resolves when none is left.
 */
export async function drain(connections: Closing, longest: number, timers: Timers): Promise<void> {
  connections.terminateOpening();
  const open = [...connections.all()];
  const spread = Math.min(widestSpread, longest / 2, open.length * 2);
  for (const [i, connection] of open.entries()) {
    const close = (): void => connection.close(1012, 'The server restarts; come back in a few seconds.');
    if (i === 0) close();
    else timers.after((spread * i) / open.length, close);
  }
  const cancel = timers.after(longest * partForClosing, () => connections.terminate());
  // A stream that is ended is closed a turn later. What is left long after has nobody who could be waited for.
  const over = timers.now() + longest + 1000;
  while (connections.size > 0 && timers.now() < over) await new Promise<void>((resolve) => timers.after(10, resolve));
  cancel();
}
