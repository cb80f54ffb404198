/** Notices when nothing of a run is still on the way. */
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';

/** How often to look, and how long beyond the link's latency to wait for a frame that never arrives, ms. */
const every = 50;
const patience = 1500;

/** What may still be on the way. */
interface OnTheWay {
  readonly flights: readonly Flight[];
  readonly exchanges: readonly HttpExchange[];
  /** True if a connection has closed cleanly at its client and the server has not reported that yet. */
  readonly isEnding: boolean;
}

/** Events held back until the other end has reported them too. */
interface KeptBack {
  readonly isWaiting: boolean;
}

/** Calls `onArrived` once nothing is on the way, or nothing has arrived for too long. Returns a function that cancels it. */
export function whenArrived(run: OnTheWay, kept: KeptBack, latency: number, onArrived: () => void): () => void {
  const giveUpAfter = (patience + latency) / every;
  let looks = 0;
  const timer = setInterval(() => {
    const onTheWay =
      run.isEnding ||
      kept.isWaiting ||
      run.flights.some(({ receivedAt, dropped }) => receivedAt === undefined && !dropped) ||
      run.exchanges.some(({ endedAt }) => endedAt === undefined);
    if (onTheWay && ++looks < giveUpAfter) return;
    clearInterval(timer);
    onArrived();
  }, every);
  return () => clearInterval(timer);
}
