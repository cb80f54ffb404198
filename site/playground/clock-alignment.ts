/** How far the server's clock is ahead of the page's, out of a few exchanges (after NTP, RFC 5905 §8). */

/** One question and its answer: page's clock at both ends of it, server's clock in between; ms since the epoch. */
export interface ClockExchange {
  sentAt: number;
  serverTime: number;
  receivedAt: number;
}

/** Server clock minus page clock, and by how much that may be wrong either way, in ms. */
export interface ClockAlignment {
  offsetMs: number;
  uncertaintyMs: number;
}

/**
 * The alignment by the quickest exchange: the answer was made somewhere within its round trip, so half of that is
 * the uncertainty. Throws a RangeError where there is no exchange.
 */
export function alignClocks(exchanges: readonly ClockExchange[]): ClockAlignment {
  let best: ClockAlignment | undefined;
  for (const { sentAt, serverTime, receivedAt } of exchanges) {
    const uncertaintyMs = (receivedAt - sentAt) / 2;
    if (!best || uncertaintyMs < best.uncertaintyMs) best = { offsetMs: serverTime - (sentAt + receivedAt) / 2, uncertaintyMs };
  }
  if (!best) throw new RangeError('Cannot align clocks: no exchange was made');
  return best;
}

/** The page's clock, in milliseconds since the epoch with fractions; the runner's Workers read the same. */
export function pageClock(): number {
  return performance.timeOrigin + performance.now();
}
