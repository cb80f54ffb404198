/**
 * The messages on a session's tap channel, `ws /s/:session/tap`, as JSON text. The channel runs beside the traffic that it
 * reports, never through it.
 *
 * Event times here are on the server's clock, in fractional milliseconds since the Unix epoch (`performance.timeOrigin +
 * performance.now()`); the page moves them onto the trace's clock.
 */
import type { LinkConditions } from '../wire/link-conditions.ts';
import type { TraceEvent } from '../trace/trace.ts';

/** From the sandbox. */
export type TapToPage =
  /** The first message: the tap is on and misses nothing of the session from here on. */
  | { type: 'ready'; session: string; conditions: LinkConditions }
  | { type: 'events'; events: TraceEvent[] }
  /**
   * Answers a `clock` message at once: `sentAt` comes back unchanged; the other two are the server's clock when it received the
   * message and when it sent this (RFC 5905 §8).
   */
  | { type: 'clock'; sentAt: number; receivedAt: number; answeredAt: number }
  /** Confirms a `conditions` message. */
  | { type: 'conditions'; conditions: LinkConditions }
  /** Rejects a message; `message` is a sentence for the reader. */
  | { type: 'error'; message: string };

/**
 * The beginning of every message with events, and of no other: some readers only need the kind, and parsing a long message takes
 * time.
 */
const eventsStart = '{"type":"events","events":[';

/** Returns a message with events, each already JSON. */
export const eventsMessage = (events: readonly string[]): string => `${eventsStart}${events.join(',')}]}`;

/** Returns true for a message with events. */
export const holdsEvents = (message: string): boolean => message.startsWith(eventsStart);

/** From the page. */
export type TapToSandbox =
  /** `sentAt` is the page's clock. From several exchanges the page works out how far apart the two clocks are. */
  | { type: 'clock'; sentAt: number }
  /** Changes the session's link from now on, even for open connections. Settings from a connection's own query stay. */
  | { type: 'conditions'; conditions: Partial<LinkConditions> };

/** The answer to `POST /sessions`. Addresses are paths on the same origin. */
export interface SessionAnswer {
  /** Unguessable. Traffic goes to `/s/:session/<address>`, or to `/s/:session.:connection/<address>` to name the connection. */
  session: string;
  /** The path of the tap channel. */
  tap: string;
  /** When an unused session ends, in milliseconds since the Unix epoch. */
  expires: number;
}
