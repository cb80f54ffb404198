/** Places overlapping spans of time side by side, so that none is drawn over another. */
import type { LanePair } from './lane-pairs.ts';
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';

/** The place of each exchange, from 0, and the number of places. */
export interface ExchangeRows {
  of: ReadonlyMap<HttpExchange, number>;
  count: number;
}

/** Returns when the server has an exchange in its hands: from the request's receipt until all of the response is sent. */
export function spanAtServer({ request, parts, endedAt }: HttpExchange): [from: number, to: number] | undefined {
  const from = request.receivedAt;
  if (from === undefined) return undefined;
  const last = parts.at(-1);
  return [from, (last?.final ? last.sentAt : undefined) ?? endedAt ?? Infinity];
}

/** No more exchanges than this fit side by side: any others at the same time share the last place. */
const most = 16;

/** Returns the rows of a pair's exchanges at the server. To be asked by `conversation.once`. */
export function rowsOfPair({ connections }: LanePair): ExchangeRows {
  return exchangeRowsOf(connections.flatMap(({ exchanges }) => exchanges));
}

/** Gives each exchange the first place that is free when its request is with the server. */
export function exchangeRowsOf(exchanges: readonly HttpExchange[]): ExchangeRows {
  const of = new Map<HttpExchange, number>();
  const freeFrom: number[] = [];
  const spans = exchanges.flatMap((exchange) => {
    const span = spanAtServer(exchange);
    return span ? [{ exchange, from: span[0], to: span[1] }] : [];
  });
  for (const { exchange, from, to } of spans.sort((a, b) => a.from - b.from)) {
    const free = freeFrom.findIndex((time) => time <= from);
    const row = free < 0 ? Math.min(freeFrom.length, most - 1) : free;
    freeFrom[row] = Math.max(freeFrom[row] ?? 0, to);
    of.set(exchange, row);
  }
  return { of, count: freeFrom.length };
}
