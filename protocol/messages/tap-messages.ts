/**
 * What goes over a session's tap channel, `ws /s/:session/tap`, as JSON text messages. The channel is beside the
 * traffic that it reports, never through it.
 *
 * Event times here are on the server's clock, in milliseconds since the Unix epoch with fractions
 * (`performance.timeOrigin + performance.now()`); the page moves them onto the trace's clock.
 */
import type { LinkConditions } from '../wire/link.ts';
import type { TraceEvent } from '../trace/trace.ts';

/** From the sandbox. */
export type TapToPage =
  /** The first message: the tap is on, and nothing of the session from here on is missed. */
  | { type: 'ready'; session: string; conditions: LinkConditions }
  | { type: 'events'; events: TraceEvent[] }
  /**
   * Answers a `clock` message at once: `sentAt` comes back as it was, the other two are the server's clock when it had the
   * message and when it sent this (RFC 5905 §8).
   */
  | { type: 'clock'; sentAt: number; receivedAt: number; answeredAt: number }
  /** A `conditions` message was taken. */
  | { type: 'conditions'; conditions: LinkConditions }
  /** A message could not be taken; `message` is a sentence for the reader. */
  | { type: 'error'; message: string };

/** How every message with events begins, and no other: reading a long one takes time, and some readers only ask what it is. */
const eventsStart = '{"type":"events","events":[';

/** A message with events, each of them JSON already. */
export const eventsMessage = (events: readonly string[]): string => `${eventsStart}${events.join(',')}]}`;

/** True for a message with events. */
export const holdsEvents = (message: string): boolean => message.startsWith(eventsStart);

/** From the page. */
export type TapToSandbox =
  /** `sentAt` is the page's clock. The page works out from several exchanges how far the two clocks are apart. */
  | { type: 'clock'; sentAt: number }
  /** Changes the session's link from now on, for open connections too. What a connection's own query sets, stays. */
  | { type: 'conditions'; conditions: Partial<LinkConditions> };

/** The answer to `POST /sessions`. Addresses are paths on the same origin. */
export interface SessionAnswer {
  /** Unguessable; traffic goes to `/s/:session/<address>`, or `/s/:session.:connection/<address>` to name the connection. */
  session: string;
  /** The path of the tap channel. */
  tap: string;
  /** When an unused session ends, in milliseconds since the Unix epoch. */
  expires: number;
}
