/** The default export of an exercise's `check.ts`: it judges the reader's code by the trace alone. */
import type { Flight } from '../trace/flight.ts';
import type { Trace } from '../trace/trace.ts';
import type { LinkConditions } from '../wire/link-conditions.ts';

/** The verdict. `message` tells the reader what was seen and, if the check failed, what is still missing. */
export interface CheckResult {
  passed: boolean;
  message: string;
}

/** `flights` are the flights of the trace (`flightsOf`), in the order in which they were sent. */
export type Check = (trace: Trace, flights: readonly Flight[]) => CheckResult;

/**
 * The `seeds` of an exercise's `check.ts`, which it exports where one run does not tell enough: a program that has passed also runs
 * under the seeds from 1 to `count`, on the network in the page, and each of these runs has to pass.
 */
export interface Seeds {
  count: number;
  /** What differs in these runs from the link that the reader has. */
  link?: Partial<Omit<LinkConditions, 'seed'>>;
  /** How many clients run the program, up to 6; one if absent. */
  clients?: number;
  /** Judges these runs; the default export does if absent. */
  check?: Check;
}

/** What an exercise's `check.ts` exports. */
export interface CheckModule {
  default: Check;
  seeds?: Seeds;
}

/** Judges each connection (its id). Returns a verdict that passes if there is one, otherwise the first. */
export function judgeEach({ connections }: Trace, judge: (id: string) => CheckResult): CheckResult {
  const verdicts = connections.map(({ id }) => judge(id));
  const none = { passed: false, message: 'No connection was opened in this run.' };
  return verdicts.find(({ passed }) => passed) ?? verdicts[0] ?? none;
}

/**
 * The default export of an exercise's `hints.ts`: shown one at a time, each revealing a little more. Code goes between backticks.
 */
export type Hints = readonly [string, ...string[]];

/**
 * The default export of an example's `varies.ts`: what differs from run to run, each with the reason in a sentence. The test that
 * compares a lesson with its recorded trace ignores exactly that.
 */
export interface Varies {
  /** The text of messages and responses. Their kinds and number still have to agree. */
  payloads?: string;
  /** The number of connections, frames and exchanges, and what becomes of the last ones. They have to agree as far as both go. */
  number?: string;
  /** The number and order of frames or exchanges. Connections and how they ended still have to agree. */
  frames?: string;
  /** How a client compresses its messages, and which ones. Their echoes show that all of them arrived as they were given. */
  compression?: string;
  /** What else differs from browser to browser: the recorded traces are Chromium's. */
  engines?: Omit<Varies, 'engines'>;
}
