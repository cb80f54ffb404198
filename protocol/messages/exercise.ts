/** What an exercise's `check.ts` exports as its default: it judges what the reader's code did, by the trace alone. */
import type { Flight } from '../trace/flight.ts';
import type { Trace } from '../trace/trace.ts';

/** The verdict. `message` is for the reader: what was seen, and where not passed, what is still missing. */
export interface CheckResult {
  passed: boolean;
  message: string;
}

/** `flights` are those of the trace (`flightsOf`), in the order of their sending. */
export type Check = (trace: Trace, flights: readonly Flight[]) => CheckResult;

/** What an exercise's `hints.ts` exports as its default: shown one at a time, each says a little more. Code is between backticks. */
export type Hints = readonly [string, ...string[]];

/**
 * What an example's `varies.ts` exports as its default: what differs from run to run, each with the reason in a sentence. The
 * test that compares a lesson with its recorded trace leaves out just that.
 */
export interface Varies {
  /** What messages and responses say. Their kinds and number still have to agree. */
  payloads?: string;
  /** How many connections, frames and exchanges there are, and what becomes of the last of them. As far as both go, they have to agree. */
  number?: string;
  /** How many frames or exchanges there are, and in what order. Connections and how they ended still have to agree. */
  frames?: string;
  /** How a client compresses its messages, and which. That all arrived as they were given is told by their echoes. */
  compression?: string;
  /** What differs from browser to browser besides: the recorded traces are Chromium's. */
  engines?: Omit<Varies, 'engines'>;
}
