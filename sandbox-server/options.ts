/** States every option of the sandbox server once: the flags, the environment, `--help` and the checks come from this table. */
import { z } from 'zod';

interface Option<Value> {
  schema: z.ZodType<Value>;
  default: Value;
  doc: string;
  /** What the number counts; the help shows it. */
  unit?: string;
  /** What it takes, in words; the error shows it. */
  takes: string;
}

const text = (fallback: string, doc: string): Option<string> => ({
  schema: z.string().min(1),
  default: fallback,
  doc,
  takes: 'a text that is not empty',
});

/** A limit: 0 lifts it. */
const limit = (fallback: number, unit: string, doc: string): Option<number> => ({
  schema: z.int().min(0),
  default: fallback,
  doc,
  unit,
  takes: 'a whole number; 0 means no limit',
});

const seconds = (fallback: number, doc: string): Option<number> => ({
  schema: z.number().min(0),
  default: fallback,
  doc,
  unit: 'seconds',
  takes: 'a number of seconds; 0 means no limit',
});

/** Says what happens to a newcomer when many share a limit (`limits/fair-shares.ts`). */
const shared = (gone: string, refused: string): string =>
  `. When all are taken, a newcomer gets one from the holder of the most (${gone}); a newcomer that holds as many itself is ${refused}`;

/** Says the same for the sessions behind one address. */
const sharedWithin = (refused: string): string => `. Its sessions share them in the same way; one more is ${refused}`;

/** A list separated by commas; `*` for any. */
const list = (each: RegExp, doc: string, takes: string): Option<string> => ({
  schema: z
    .string()
    .refine((given) => given === '' || given.split(',').every((one) => /^\s*\*\s*$/.test(one) || each.test(one.trim()))),
  default: '',
  doc,
  takes,
});

/** The options, by name. `maxMessageBytes` is the flag `--max-message-bytes` and the variable `MAX_MESSAGE_BYTES`. */
export const optionTable = {
  port: {
    schema: z.int().min(0).max(65535),
    default: 4321,
    doc: 'Port to listen on; 0 takes a free one',
    takes: 'a whole number from 0 to 65535',
  } as Option<number>,
  host: text('localhost', 'Name or address to listen on; 0.0.0.0 lets other machines in'),
  profile: {
    schema: z.enum(['class', 'lifted']),
    default: 'class',
    doc: 'Preset for what follows: "class" keeps the defaults listed here; "lifted" removes the limits on messages, requests, refusals, queues and connections',
    takes: '"class" or "lifted"',
  } as Option<'class' | 'lifted'>,
  site: text('dist', 'Folder of the built site, relative to where the server is started'),
  allowHost: list(
    /^[^\s/:?#@,]+$/,
    'Names under which this server is reached, besides IP addresses and the names of its machine and network: behind a proxy, the public name. Requests to other names are answered 403',
    'names without a port, separated by commas; or "*" for any',
  ),
  allowOrigin: list(
    /^(?:null|[a-z][a-z0-9+.-]*:\/\/[^\s/?#@,]+)$/i,
    'Origins whose pages may open sessions and rooms, besides that of this server; "null" is the origin of files. Pages of other origins are answered 403, except at addresses that keep and reveal nothing',
    'origins such as https://example.org, separated by commas; or "*" for any',
  ),
  maxMessageBytes: limit(65_536, 'bytes', 'Longest message; a longer one closes its connection with 1009'),
  maxFragments: limit(256, 'frames', 'Most frames of one message; more close the connection with 1008'),
  messagesPerSecond: limit(
    50,
    'messages/s',
    'Messages and pings a connection may send, in the long run; more close it with 1008',
  ),
  messageBurst: limit(100, 'messages', 'Messages and pings a connection may send at once'),
  sessionShare: limit(
    4,
    'times',
    'How many times as many messages all connections of one session may send together, since a program may open several',
  ),
  maxQueueBytes: limit(1_048_576, 'bytes', 'How much may wait for one slow reader; more closes its connection with 1013'),
  maxConnections: limit(10_000, 'connections', `WebSocket connections at a time${shared('closed with 1013', 'answered 503')}`),
  maxSessions: limit(2000, 'sessions', `Sessions at a time${shared('an unused one first', 'answered 503')}`),
  maxSessionConnections: limit(64, 'connections', 'Connections of one session at a time; more are answered 503'),
  maxSessionEventStreams: limit(16, 'streams', 'Streams of server-sent events of one session at a time; more are answered 503'),
  maxSessionLongPolls: limit(16, 'requests', 'Long polls of one session held at a time; more are answered 503'),
  maxSessionTaps: limit(4, 'taps', 'Tap channels of one session at a time; more are answered 503'),
  maxRooms: limit(
    1000,
    'rooms',
    `Broadcast rooms at a time, and half-duplex channels${shared('closed with 1013', 'closed with 1013')}`,
  ),
  maxStations: limit(64, 'stations', `Stations of one half-duplex channel${shared('closed with 1013', 'closed with 1013')}`),
  maxCrowds: limit(
    120,
    'crowds',
    `Crowds of /crowd at a time, and as many doors of /door${shared('closed with 1013', 'closed with 1013')}`,
  ),
  maxSessionCrowds: limit(
    12,
    'crowds',
    'Crowds of one session at a time, and as many doors; one more closes its connection with 1013',
  ),
  floorTime: seconds(10, 'How long a station of a half-duplex channel may hold the floor'),
  maxChannels: limit(1000, 'channels', `Channels for messages over HTTP${shared('one without listeners first', 'answered 503')}`),
  maxEventStreams: limit(1000, 'streams', `Streams of server-sent events at a time${shared('its stream ends', 'answered 503')}`),
  maxLongPolls: limit(1000, 'requests', `Long polls held at a time${shared('answered 503', 'answered 503')}`),
  longPollTimeout: seconds(25, 'How long a long poll is held if its query does not say'),
  heartbeat: seconds(15, 'How often an event stream says that it is still there'),
  requestsPerSecond: limit(50, 'requests/s', 'HTTP requests to endpoints in a session, in the long run; more are answered 429'),
  requestBurst: limit(100, 'requests', 'HTTP requests to endpoints in a session at once'),
  addressShare: limit(
    60,
    'times',
    'How many times the messages of one connection and the requests of one session a client address may send, since a class may sit behind one; beyond that, connections in the middle of a burst are closed with 1008 and requests are answered 429, except in sessions that have sent less than their share',
  ),
  sessionsPerSecond: limit(
    20,
    'sessions/s',
    'Sessions that one address may start, in the long run; more are answered 429, except on a TCP connection that has started fewer than its share',
  ),
  sessionBurst: limit(600, 'sessions', 'Sessions that one address may start at once'),
  refusalsPerSecond: limit(
    20,
    'refusals/s',
    'Requests of one address outside a session that are refused without delay, in the long run: unknown sessions and addresses, wrong parameters; beyond that the answers wait, except on a TCP connection that has had fewer than its share',
  ),
  refusalBurst: limit(1000, 'refusals', 'Such requests refused without delay in a burst'),
  refusalDelay: seconds(1, 'How long the answers beyond that wait; valid requests beside them do not'),
  maxHeldRefusals: limit(
    200,
    'refusals',
    'Refusals of one address that may wait at a time, shared by its TCP connections; one more is answered 429 at once, and its connection ends',
  ),
  maxAddressConnections: limit(5000, 'connections', `Connections of one address at a time${sharedWithin('answered 503')}`),
  maxAddressSessions: limit(
    1600,
    'sessions',
    'Sessions of one address at a time; one more ends the one that nothing has been connected to for longest, or that nobody has used for a minute; if there is none, it is answered 503',
  ),
  maxAddressEventStreams: limit(
    800,
    'streams',
    `Streams of server-sent events of one address at a time${sharedWithin('answered 503')}`,
  ),
  maxAddressLongPolls: limit(800, 'requests', `Long polls of one address held at a time${sharedWithin('answered 503')}`),
  hideFields: list(
    /^[A-Za-z0-9-]+\*?$/,
    'Fields of requests whose values the tap leaves out, besides cookies and what logins and proxies usually add',
    'names of header fields, separated by commas; a * at the end of a name stands for any ending',
  ),
  addressHeader: {
    schema: z.string().regex(/^[A-Za-z0-9-]*$/),
    default: '',
    doc: 'Header field in which your proxy names the client, such as x-forwarded-for; without it the address of the connection counts',
    takes: 'the name of a header field',
  } as Option<string>,
  historyMessages: limit(256, 'messages', 'Messages that a channel or room keeps for those who come back'),
  historyAge: seconds(120, 'How long a channel or room keeps them, though never more than half of what may wait for one reader'),
  maxHistoryBytes: limit(
    67_108_864,
    'bytes',
    'How much all channels together may keep, and likewise all rooms; beyond that, the one that keeps the most loses its oldest messages first',
  ),
  sessionIdle: seconds(300, 'How long a session without any connection is kept'),
  handshakeTimeout: seconds(10, 'How long a client may take to send its request'),
  pingAfter: seconds(20, 'Silence after which a connection is pinged'),
  deadAfter: seconds(8, 'Silence after that ping before a connection counts as dead'),
  closeTimeout: seconds(5, 'How long a client may take to answer a Close, or to end its side; then the connection is cut'),
  drain: seconds(5, 'Longest time that shutting down takes'),
  tapQueueBytes: limit(1_048_576, 'bytes', 'How much may wait for a slow tap; events beyond it are left out and counted'),
  tapQueueEvents: limit(10_000, 'events', 'Events that may wait for a slow tap; those beyond it are left out and counted'),
};

export type OptionName = keyof typeof optionTable;
/** A value for every option. */
export type Options = { [Name in OptionName]: (typeof optionTable)[Name]['default'] };

/** What a profile sets differently from the defaults. An option given explicitly wins over it. */
export const profiles: Readonly<Record<Options['profile'], Partial<Options>>> = {
  /** A room of learners behind one address, each with a ticket. */
  class: {},
  /** For measurements and conformance, among trusted people: nothing bounds what a connection sends and is sent. */
  lifted: {
    maxMessageBytes: 0,
    maxFragments: 0,
    messagesPerSecond: 0,
    requestsPerSecond: 0,
    refusalsPerSecond: 0,
    maxQueueBytes: 0,
    maxConnections: 0,
    maxAddressConnections: 0,
  },
};

/** Thrown for an invalid option. `message` names it and says what it takes. */
export class OptionError extends Error {
  override name = 'OptionError';
}

/** Turns `maxMessageBytes` into `--max-message-bytes`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
/** Turns `maxMessageBytes` into `MAX_MESSAGE_BYTES`. */
export const variableOf = (name: string): string => flagOf(name).slice(2).replaceAll('-', '_').toUpperCase();

/** Fills in the defaults and checks the rest. `nameOf` says how the error names an option. Throws an OptionError. */
export function resolveOptions(given: Partial<Options>, nameOf: (name: string) => string = (name) => name): Options {
  const values: Record<string, unknown> = {};
  const preset: Partial<Options> = profiles[given.profile ?? 'class'] ?? {};
  for (const [name, option] of Object.entries(optionTable)) {
    const value = given[name as OptionName];
    if (value !== undefined && !option.schema.safeParse(value).success) {
      throw new OptionError(`${nameOf(name)} is ${JSON.stringify(value)}; it takes ${option.takes}.`);
    }
    values[name] = value ?? preset[name as OptionName] ?? option.default;
  }
  return values as Options;
}

/** Returns a limit as a number to compare with: Infinity for 0, which means none. */
export const orNone = (value: number): number => (value === 0 ? Infinity : value);
