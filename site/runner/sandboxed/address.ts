/** Where the addresses in the reader's code lead: to this session's sandbox, whatever host they name. */

/** A mapped address. */
export interface MappedAddress {
  url: string;
  /** True where the reader named another host, and ought to be told that the sandbox answers in its place. */
  isElsewhere: boolean;
}

/** A mapped address that is asked by HTTP. */
export interface AskedAddress {
  /** The path within the sandbox, without its query. */
  path: string;
  /** The address with the connection named and the request numbered (see `ExchangeBase` in protocol/trace.ts). */
  url(connection: string, request: number): string;
  isElsewhere: boolean;
}

/** First parts of the sandbox's WebSocket addresses. */
const known = new Set(['echo', 'broadcast', 'ticker', 'half-duplex', 'handshake', 'raw', 'sink', 'close', 'crowd', 'door']);
/** First parts of those that are asked by HTTP; a channel's name follows. */
const knownByHttp = new Set(['events', 'messages', 'poll', 'long-poll']);

const session = /^\/s\/[^/]+(?=\/)/;

/** The path of a mapped address within the sandbox. */
export const pathInSandbox = (url: string): string => new URL(url).pathname.replace(session, '');

/** The address with what it is relative to, or undefined where it is none of the web's. */
function resolve(address: string, sandbox: URL): { url: URL; path: string; isSandbox: boolean } | undefined {
  let url: URL;
  try {
    url = new URL(address, new URL('/', sandbox));
  } catch {
    return undefined;
  }
  if (!/^(ws|http)s?:$/.test(url.protocol)) return undefined;
  const isSandbox = url.host === sandbox.host;
  return { url, path: isSandbox ? url.pathname.replace(session, '') : url.pathname, isSandbox };
}

/**
 * Maps `address` to the sandbox. `base` is the session's, such as `ws://localhost:4321/s/k3jf9`, and `connection` the
 * label, such as `A1`. Returns undefined for what a browser would refuse (RFC 6455 §3): its own error is the right one.
 */
export function mapAddress(address: string, base: string, connection: string): MappedAddress | undefined {
  const resolved = resolve(address, new URL(base));
  if (!resolved) return undefined;
  const { url, path, isSandbox } = resolved;
  const isKnown = known.has(path.split('/')[1] ?? '');
  // The sandbox's own host keeps an unknown path: its refusal lists the addresses that there are.
  const target = isKnown || isSandbox ? path : '/echo';
  return { url: `${base}.${connection}${target}${url.search}${url.hash}`, isElsewhere: !isSandbox };
}

/**
 * Maps an address that is asked by HTTP. One elsewhere that the sandbox does not have leads to the channel of its last name,
 * at `standIn`. Returns undefined for what a browser would refuse, and for what is no address of the network, such as `blob:`.
 */
export function mapHttpAddress(address: string, base: string, standIn: 'events' | 'messages' | 'poll'): AskedAddress | undefined {
  const resolved = resolve(address, new URL(base.replace(/^ws/, 'http')));
  if (!resolved || resolved.url.protocol.startsWith('ws') || resolved.url.username || resolved.url.password) return undefined;
  const { url, path, isSandbox } = resolved;
  const [, first = '', channel = ''] = path.split('/');
  const last = /[\w.~-]{1,64}$/.exec(path)?.[0] ?? 'lobby';
  const target = isSandbox || (knownByHttp.has(first) && channel !== '') ? path : `/${standIn}/${last}`;
  return {
    path: target,
    url: (connection, request) => `${base.replace(/^ws/, 'http')}.${connection}.${request}${target}${url.search}${url.hash}`,
    isElsewhere: !isSandbox,
  };
}

/** An address with what it is relative to: the sandbox, since a Worker made of a blob has no address of its own. */
export function absoluteAddress(address: string, base: string): string {
  try {
    return new URL(address, new URL('/', base.replace(/^ws/, 'http'))).href;
  } catch {
    return address;
  }
}
