/**
 * What the query of any WebSocket address may ask of the server's behaviour, as on the live server; a test compares the two. Link
 * conditions are not among it: links are the switch's.
 */
import { integerIn, wordIn } from '../../sandbox-server/endpoints/parameters.ts';

export interface Behaviour {
  /** Leaves pings unanswered. */
  withholdPong: boolean;
  /** Payload bytes per frame of a message; Infinity sends each message as one frame. */
  fragmentBytes: number;
  /** Sends a ping in the middle of each message that has several frames. */
  pingBetween: boolean;
  /** Interval between pings to the client, in ms; Infinity pings only after a silence. */
  pingEvery: number;
}

export const plainBehaviour: Behaviour = {
  withholdPong: false,
  fragmentBytes: Infinity,
  pingBetween: false,
  pingEvery: Infinity,
};

/** The most frames that a message is sent in. */
export const mostFragments = 256;

const fragmentRange = [1, 65_536] as const;
const everyRange = [100, 60_000] as const;

export const behaviours: readonly { name: string; summary: string }[] = [
  { name: 'pong', summary: 'with 0 pings are left without their pong' },
  {
    name: 'fragment',
    summary: `messages are sent in frames of so many bytes of payload; of more, where it would take over ${mostFragments} frames`,
  },
  { name: 'ping', summary: 'with 1 a ping is sent in the middle of each message that has several frames' },
  { name: 'pingevery', summary: 'the server pings every so many ms' },
];

/**
 * Reads the behaviour that a query asks for. Throws a ParameterError for a wrong value. `compress` is checked and comes to
 * nothing: no client of a run offers compression.
 */
export function behaviourFrom(query: URLSearchParams, mayCompress: boolean): Behaviour {
  if (mayCompress) wordIn(query, 'compress', ['0', '1', 'takeover']);
  return {
    withholdPong: wordIn(query, 'pong', ['1', '0']) === '0',
    fragmentBytes: integerIn(query, 'fragment', fragmentRange, Infinity),
    pingBetween: wordIn(query, 'ping', ['0', '1']) === '1',
    pingEvery: integerIn(query, 'pingevery', everyRange, Infinity),
  };
}
