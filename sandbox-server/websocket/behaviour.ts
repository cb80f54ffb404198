/** How the server behaves on a connection, as a WebSocket address's query asks. One table serves the reader and the lists. */
import { integerIn, wordIn } from '../endpoints/parameters.ts';
import { mostFragments } from './fragments.ts';

/** How messages may be compressed (RFC 7692): not at all, each by itself, or with the window of those before. */
export type Compression = 'none' | 'each' | 'takeover';

export interface Behaviour {
  /** What the server agrees to if the client offers it. */
  compress: Compression;
  /** Leaves pings unanswered. */
  withholdPong: boolean;
  /** Payload bytes per frame of a message; Infinity sends each message as one frame. */
  fragmentBytes: number;
  /** Sends a ping in the middle of each message that has several frames. */
  pingBetween: boolean;
  /** Interval between pings to the client, in ms; Infinity pings only after a silence. */
  pingEvery: number;
}

/** The behaviour when the query says nothing. */
export const plainBehaviour: Behaviour = {
  compress: 'none',
  withholdPong: false,
  fragmentBytes: Infinity,
  pingBetween: false,
  pingEvery: Infinity,
};

const fragmentRange = [1, 65_536] as const;
const everyRange = [100, 60_000] as const;

/** What the query of any WebSocket address may ask for. */
export const behaviours: readonly { name: string; takes: string; summary: string }[] = [
  { name: 'pong', takes: '"0" or "1"', summary: 'with 0 pings are left without their pong' },
  {
    name: 'fragment',
    takes: `a whole number of bytes from ${fragmentRange[0]} to ${fragmentRange[1]}`,
    summary: `messages are sent in frames of so many bytes of payload; of more, where it would take over ${mostFragments} frames`,
  },
  { name: 'ping', takes: '"0" or "1"', summary: 'with 1 a ping is sent in the middle of each message that has several frames' },
  {
    name: 'pingevery',
    takes: `a whole number of ms from ${everyRange[0]} to ${everyRange[1]}`,
    summary: 'the server pings every so many ms',
  },
];

const compressions = { '0': 'none', '1': 'each', takeover: 'takeover' } as const;

/** Reads the behaviour that a query asks for. Throws a ParameterError for a wrong value. */
export const behaviourFrom = (query: URLSearchParams, mayCompress: boolean): Behaviour => ({
  compress: mayCompress ? compressions[wordIn(query, 'compress', ['0', '1', 'takeover'])] : 'none',
  withholdPong: wordIn(query, 'pong', ['1', '0']) === '0',
  fragmentBytes: integerIn(query, 'fragment', fragmentRange, Infinity),
  pingBetween: wordIn(query, 'ping', ['0', '1']) === '1',
  pingEvery: integerIn(query, 'pingevery', everyRange, Infinity),
});
