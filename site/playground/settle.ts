/** Notices when nothing of a run is on the way any more. */
import type { Flight } from '../../protocol/flight.ts';

/** How often to look, and how long beyond the link's latency to wait for a frame that never arrives, ms. */
const every = 50;
const patience = 1500;

/** Calls `onArrived` once no flight is on the way, or none has arrived for too long. Returns how to call that off. */
export function whenArrived(flights: () => readonly Flight[], latency: number, onArrived: () => void): () => void {
  const giveUpAfter = (patience + latency) / every;
  let looks = 0;
  const timer = setInterval(() => {
    const onTheWay = flights().some(({ receivedAt, dropped }) => receivedAt === undefined && !dropped);
    if (onTheWay && ++looks < giveUpAfter) return;
    clearInterval(timer);
    onArrived();
  }, every);
  return () => clearInterval(timer);
}
