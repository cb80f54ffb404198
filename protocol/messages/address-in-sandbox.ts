/** Where an address in a reader's program leads, whatever host it names: the rules that both networks share. */

/** An address of the web, as far as these rules look at it. */
export interface GivenAddress {
  /** The path, without the session if the address is on the sandbox. */
  path: string;
  /** True if it is on the sandbox's own host. */
  isSandbox: boolean;
  /** True if it names a host rather than only a place on this one. */
  isAbsolute: boolean;
}

/** Where an address leads. */
export interface Destination {
  /** The path within the sandbox. */
  path: string;
  /** True if it leads elsewhere than it says, so the reader should be told. */
  isElsewhere: boolean;
}

/** What an address elsewhere that is asked over HTTP stands for. */
export type StandIn = 'events' | 'messages' | 'poll';

/** The first path segments of the sandbox's WebSocket addresses. */
const known = new Set(['echo', 'broadcast', 'ticker', 'half-duplex', 'handshake', 'raw', 'sink', 'close', 'crowd', 'door']);
/** The first path segments of its HTTP addresses; a channel's name follows. */
const knownByHttp = new Set(['events', 'messages', 'poll', 'long-poll']);

/** The session at the beginning of a path. */
export const sessionInPath = /^\/s\/[^/]+(?=\/)/;

/** True for an address that names a host. */
export const namesHost = (address: string): boolean => /^[\s\0-\x1f]*(?:[a-z][a-z\d+.-]*:|[\\/]{2})/i.test(address);

/**
 * A path on this host stays as it is: the refusal lists the addresses that exist. A whole address that the sandbox does not have
 * comes from a program written elsewhere, built from `location.host`, say.
 */
const stays = ({ isSandbox, isAbsolute }: GivenAddress, isKnown: boolean): boolean => isKnown || (isSandbox && !isAbsolute);

/** Returns where a WebSocket's address leads: elsewhere to `/echo`. */
export function webSocketDestination(given: GivenAddress): Destination {
  const keeps = stays(given, known.has(given.path.split('/')[1] ?? ''));
  return { path: keeps ? given.path : '/echo', isElsewhere: !given.isSandbox || !keeps };
}

/** Returns where an address leads that is asked over HTTP: elsewhere to the channel of its last name, at `standIn`. */
export function httpDestination(given: GivenAddress, standIn: StandIn): Destination {
  const [, first = '', channel = ''] = given.path.split('/');
  const last = /[\w.~-]{1,64}$/.exec(given.path)?.[0] ?? 'lobby';
  const keeps = stays(given, knownByHttp.has(first) && channel !== '');
  return { path: keeps ? given.path : `/${standIn}/${last}`, isElsewhere: !given.isSandbox || !keeps };
}
