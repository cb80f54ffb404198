/** Resources that clients hold for a while, with their options and their sentences. `fair-shares.ts` shares them out. */
import type { NoPlace } from '../endpoints/shares.ts';
import { type OptionName, orNone, type Options } from '../options.ts';
import { FairShares, type Scope } from './fair-shares.ts';

/** Something that clients hold for a while. */
export type Resource =
  | 'connections'
  | 'sessions'
  | 'rooms'
  | 'roomHistory'
  | 'halfDuplexChannels'
  | 'stations'
  | 'crowds'
  | 'doors'
  | 'channels'
  | 'channelHistory'
  | 'eventStreams'
  | 'longPolls'
  | 'heldRefusals';

interface Terms {
  /** In the plural. */
  noun: string;
  /** The options that bound it: on the whole server, for one address, for one session. */
  limits: Partial<Record<Scope, OptionName>>;
  /** Says why one more is refused when the whole server has no place; `most` is the option's value. */
  refusal?: (most: number) => string;
}

const resources: Readonly<Record<Resource, Terms>> = {
  connections: {
    noun: 'connections',
    limits: { server: 'maxConnections', address: 'maxAddressConnections' },
    refusal: (most) => `There are ${most} connections already, the most this server takes.`,
  },
  sessions: {
    noun: 'sessions',
    limits: { server: 'maxSessions', address: 'maxAddressSessions' },
    refusal: (most) => `There are ${most} sessions already, the most this server keeps. Try again in a few minutes.`,
  },
  rooms: { noun: 'rooms', limits: { server: 'maxRooms' } },
  roomHistory: { noun: 'bytes of history', limits: { server: 'maxHistoryBytes' } },
  halfDuplexChannels: {
    noun: 'half-duplex channels',
    limits: { server: 'maxRooms' },
    refusal: (most) => `There are ${most} such channels already, the most this server keeps.`,
  },
  stations: {
    noun: 'stations',
    limits: { server: 'maxStations' },
    refusal: (most) => `This channel has ${most} stations already, the most it may have.`,
  },
  crowds: {
    noun: 'crowds',
    limits: { server: 'maxCrowds', session: 'maxSessionCrowds' },
    refusal: () => 'There are already as many crowds as this server runs. Try again in a minute.',
  },
  doors: {
    noun: 'doors',
    limits: { server: 'maxCrowds', session: 'maxSessionCrowds' },
    refusal: () => 'There are already as many doors as this server opens. Try again in a minute.',
  },
  channels: {
    noun: 'channels',
    limits: { server: 'maxChannels' },
    refusal: (most) => `There are ${most} channels in use already, the most this server keeps. Try again later.`,
  },
  channelHistory: { noun: 'bytes of history', limits: { server: 'maxHistoryBytes' } },
  eventStreams: {
    noun: 'event streams',
    limits: { server: 'maxEventStreams', address: 'maxAddressEventStreams', session: 'maxSessionEventStreams' },
  },
  longPolls: {
    noun: 'long polls',
    limits: { server: 'maxLongPolls', address: 'maxAddressLongPolls', session: 'maxSessionLongPolls' },
    refusal: (most) => `There are ${most} long polls already, the most this server holds. Try again later.`,
  },
  heldRefusals: { noun: 'refusals that wait', limits: { address: 'maxHeldRefusals' } },
};

/** The parts that the shares of every resource need. */
export interface SharesParts {
  options: Options;
  /** Called for an address that holds something; the function it returns is called when the address holds nothing any more. */
  appeared?: (address: string) => () => void;
  /** Called for each one that gave way. */
  gaveWay?: (why: NoPlace) => void;
}

/** Returns the shares of one resource. Each half-duplex channel has its own for `stations`. */
export function createShares(resource: Resource, { options, appeared, gaveWay }: SharesParts): FairShares {
  const {
    noun,
    limits,
    refusal = (most) => `There are ${most} ${noun} already, the most this server keeps. Try again later.`,
  } = resources[resource];
  const valueOf = (scope: Scope): number => {
    const limit = limits[scope];
    return limit ? (options[limit] as number) : 0;
  };
  const because = (scope: Scope, reason: string): NoPlace => ({ reason, limit: limits[scope] ?? '' });
  return new FairShares({
    bounds: { server: orNone(valueOf('server')), address: orNone(valueOf('address')), session: orNone(valueOf('session')) },
    refusal: (scope) => because(scope, scope === 'server' ? refusal(valueOf(scope)) : hasAll(scope, valueOf(scope), noun)),
    givesWay: (scope, isIdle) => because(scope, wanted(scope, `${valueOf(scope)} ${noun}`, isIdle)),
    ...(appeared && { appeared }),
    ...(gaveWay && { gaveWay }),
  });
}

/** Says why we refuse a session or an address that already has the most it may have. */
export const hasAll = (scope: Scope, most: number, noun: string): string =>
  `${scope === 'session' ? 'This session' : 'Your address'} has ${most} ${noun} already, the most it may have.`;

/** Returns at most 123 bytes, so that a Close has room for them (RFC 6455 §5.5). */
const wanted = (scope: Scope, all: string, isIdle: boolean): string =>
  `All ${all} of ${scope === 'address' ? 'your address' : 'this server'} are taken: ` +
  (isIdle ? 'this one was unused and gave way to another.' : 'you hold the most, so this one gave way to others.');
