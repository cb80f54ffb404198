/** Tracks the delivery of updates: finds what one end sent in what came back, whatever carried it. */
import { isHttp, type Flight } from '../trace/flight.ts';
import { requestBytes, responseBytes } from '../trace/http-message.ts';
import { payloadOf } from '../trace/payload.ts';

/** One update's trip to the server and back. Times in ms. */
export interface RoundTrip {
  /** The update's own text. */
  update: string;
  sentAt: number;
  /** When it first came back; undefined if it did not. */
  receivedAt: number | undefined;
}

/** Returns what a flight carried for the programs: without headers, unmasked. */
function contentOf({ kind, exchange, part, captured }: Flight): Uint8Array | undefined {
  if (kind === 'request') return exchange && requestBytes(exchange)?.content;
  if (kind === 'response') return exchange && responseBytes(exchange, part ?? 0)?.content;
  return payloadOf({ captured });
}

/**
 * Finds updates in the captured bytes: each text that `pattern` matches, such as `/update \d+/g`, from when it was first sent to
 * the server until it first reached the client. Returns them in the order in which they were sent.
 */
export function roundTripsOf(flights: readonly Flight[], pattern: RegExp): RoundTrip[] {
  const found = new Map<string, RoundTrip>();
  const decoder = new TextDecoder();
  const inOrder = [...flights].sort((a, b) => a.sentAt - b.sentAt);
  for (const flight of inOrder) {
    if (flight.kind !== 'frame' && !isHttp(flight)) continue;
    const content = contentOf(flight);
    if (!content) continue;
    for (const [update] of decoder.decode(content).matchAll(pattern)) {
      const known = found.get(update);
      if (flight.direction === 'client-to-server') {
        if (!known) found.set(update, { update, sentAt: flight.sentAt, receivedAt: undefined });
      } else if (known && flight.receivedAt !== undefined) known.receivedAt ??= flight.receivedAt;
    }
  }
  return [...found.values()];
}
