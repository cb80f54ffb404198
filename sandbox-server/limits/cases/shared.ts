/** Limits that many share: how a visitor takes one of what each of them bounds. */
import type { OptionName, Options } from '../../options.ts';
import { type Gotten, Refused, Visitor } from '../../testing/visitor.ts';
import type { Scope } from '../fair-shares.ts';

/** The server under test. */
export interface Served {
  origin: string;
  port: number;
  /** Returns a figure of `/metrics`, by its name without `duplex_`, with its label. */
  figure(name: string): Promise<number>;
  /** Moves the server's clock on by `ms` milliseconds. */
  pass(ms: number): void;
}

/** A limit that visitors use up place by place. */
export interface SharedCase {
  /** What visitors take. */
  what: string;
  limit: OptionName;
  scope: Scope;
  /** Other options to set. */
  options?: Partial<Options>;
  /** Takes one; throws a Refused with what the server said. `n` differs each time. */
  take(visitor: Visitor, n: number, served: Served): Promise<Gotten>;
  /** True if the visitor has no session yet. */
  isAlone?: boolean;
  /** Does what must happen before a visitor can lose one to a neighbour who has none. */
  before?(served: Served): void;
}

/** Waits until the server has served what the client sent; throws a Refused if it closed the connection instead. */
async function served(client: Awaited<ReturnType<Visitor['open']>>): Promise<typeof client> {
  client.socket.ping();
  const ending = await Promise.race([client.pongs.next(), client.closed]);
  if (typeof ending === 'object') throw new Refused(ending.reason);
  return client;
}

const open =
  (target: (n: number) => string) =>
  async (visitor: Visitor, n: number): Promise<Gotten> =>
    await served(await visitor.open(target(n)));

const crowd = async (visitor: Visitor): Promise<Gotten> => {
  const client = await visitor.open('/crowd');
  client.socket.send('[[9000]]');
  return await served(client);
};

/** Holds a long poll. The figures tell whether it was refused, since its answer may still be on its way. */
async function longPoll(visitor: Visitor, n: number, { figure }: Served): Promise<Gotten> {
  const counts = async (): Promise<number[]> =>
    await Promise.all([
      figure('http_exchanges_total'),
      figure('refusals_total{status="503"}'),
      ...['maxLongPolls', 'maxAddressLongPolls'].map((limit) => figure(`gave_way_total{limit="${limit}"}`)),
    ]);
  const before = await counts();
  const gotten: Gotten = { lost: undefined };
  const answer = visitor.ask(`/long-poll/~${n}?timeout=60000`).then(
    ({ text }) => (gotten.lost = text),
    () => (gotten.lost = 'The client left.'),
  );
  for (;;) {
    const [asked = 0, refused = 0, ...gaveWay] = (await counts()).map((now, i) => now - (before[i] ?? 0));
    if (asked === 0) continue;
    // A poll that gives way counts as refused too, only later.
    if (refused === gaveWay.reduce((sum, count) => sum + count)) return gotten;
    throw new Refused(await answer);
  }
}

const session = async ({ origin, address }: Visitor): Promise<Gotten> =>
  await (await Visitor.inSession(origin, address)).open('/tap');

export const sharedCases: readonly SharedCase[] = [
  {
    what: 'connections',
    limit: 'maxConnections',
    scope: 'server',
    options: { maxSessionConnections: 0 },
    take: open(() => '/echo'),
  },
  { what: 'connections', limit: 'maxAddressConnections', scope: 'address', take: open(() => '/echo') },
  { what: 'connections', limit: 'maxSessionConnections', scope: 'session', take: open(() => '/echo') },
  {
    what: 'sessions that somebody watches and nobody uses',
    limit: 'maxSessions',
    scope: 'server',
    take: session,
    isAlone: true,
    before: ({ pass }) => pass(61_000),
  },
  {
    what: 'sessions that somebody watches and nobody uses',
    limit: 'maxAddressSessions',
    scope: 'address',
    take: session,
    isAlone: true,
    before: ({ pass }) => pass(61_000),
  },
  { what: 'taps', limit: 'maxSessionTaps', scope: 'session', take: open(() => '/tap') },
  { what: 'rooms', limit: 'maxRooms', scope: 'server', take: open((n) => `/broadcast/~room-${n}`) },
  { what: 'half-duplex channels', limit: 'maxRooms', scope: 'server', take: open((n) => `/half-duplex/~radio-${n}`) },
  { what: 'stations of one channel', limit: 'maxStations', scope: 'server', take: open(() => '/half-duplex/everybody') },
  { what: 'crowds', limit: 'maxCrowds', scope: 'server', options: { maxSessionCrowds: 0 }, take: crowd },
  { what: 'doors', limit: 'maxCrowds', scope: 'server', options: { maxSessionCrowds: 0 }, take: open(() => '/door') },
  { what: 'crowds', limit: 'maxSessionCrowds', scope: 'session', take: crowd },
  { what: 'doors', limit: 'maxSessionCrowds', scope: 'session', take: open(() => '/door') },
  {
    what: 'channels that are listened to',
    limit: 'maxChannels',
    scope: 'server',
    take: (visitor, n) => visitor.stream(`/events/~news-${n}`),
  },
  ...(['maxEventStreams', 'maxAddressEventStreams', 'maxSessionEventStreams'] as const).map((limit, i) => ({
    what: 'event streams',
    limit,
    scope: (['server', 'address', 'session'] as const)[i] as Scope,
    take: (visitor: Visitor) => visitor.stream('/events/news'),
  })),
  ...(['maxLongPolls', 'maxAddressLongPolls', 'maxSessionLongPolls'] as const).map((limit, i) => ({
    what: 'long polls',
    limit,
    scope: (['server', 'address', 'session'] as const)[i] as Scope,
    take: longPoll,
  })),
];
