/** Maps the addresses in the reader's code to this session's sandbox, whatever host they name. */

import { attribute, method } from '../natives.ts';

/** A mapped address. */
export interface MappedAddress {
  url: string;
  /** True if it leads elsewhere than it says, so the reader should be told. */
  isElsewhere: boolean;
}

/** A mapped address that is requested over HTTP. */
export interface AskedAddress {
  /** The path within the sandbox, without its query. */
  path: string;
  /** The address with the connection named and the request numbered (see `ExchangeBase` in protocol/trace/trace.ts). */
  url(connection: string, request: number): string;
  isElsewhere: boolean;
}

/** The first path segments of the sandbox's WebSocket addresses. */
const known = new Set(['echo', 'broadcast', 'ticker', 'half-duplex', 'handshake', 'raw', 'sink', 'close', 'crowd', 'door']);
/** The first path segments of its HTTP addresses; a channel's name follows. */
const knownByHttp = new Set(['events', 'messages', 'poll', 'long-poll']);

const session = /^\/s\/[^/]+(?=\/)/;

// The reader's code may replace any global, but not these, so addresses cannot lead elsewhere.
const NativeURL = URL;
const hostOf = attribute(URL.prototype, 'host');
const pathnameOf = attribute(URL.prototype, 'pathname');
const protocolOf = attribute(URL.prototype, 'protocol');
const usernameOf = attribute(URL.prototype, 'username');
const passwordOf = attribute(URL.prototype, 'password');
const startsWith = method(String.prototype.startsWith);
const sliceOf = method(String.prototype.slice);

/** Returns the session's base for HTTP requests. */
const overHttp = (base: string): string => (startsWith(base, 'ws') ? `http${sliceOf(base, 2)}` : base);

/** Returns the path of a mapped address within the sandbox. */
export const pathInSandbox = (url: string): string => new NativeURL(url).pathname.replace(session, '');

/** An address of the web. */
interface Resolved {
  url: URL;
  isWebSocket: boolean;
  /** The path, without the session if the address is on the sandbox. */
  path: string;
  /** True if it is on the sandbox's own host. */
  isSandbox: boolean;
  /** True if it names a host rather than only a place on this one. */
  isAbsolute: boolean;
}

/** Resolves a relative address. Returns undefined if it is not an address of the web. */
function resolve(address: string, sandbox: URL): Resolved | undefined {
  let url: URL;
  try {
    url = new NativeURL(address, new NativeURL('/', sandbox));
  } catch {
    return undefined;
  }
  const protocol = protocolOf(url);
  const isWebSocket = protocol === 'ws:' || protocol === 'wss:';
  if (!isWebSocket && protocol !== 'http:' && protocol !== 'https:') return undefined;
  const isSandbox = hostOf(url) === hostOf(sandbox);
  const isAbsolute = /^[\s\0-\x1f]*(?:[a-z][a-z\d+.-]*:|[\\/]{2})/i.test(address);
  const path = isSandbox ? pathnameOf(url).replace(session, '') : pathnameOf(url);
  return { url, isWebSocket, path, isSandbox, isAbsolute };
}

/** Returns the address if it belongs to this connection in this session. Throws otherwise, which no address should cause. */
function within(url: string, prefix: string): string {
  const made = new NativeURL(url);
  const wanted = new NativeURL(prefix);
  if (hostOf(made) !== hostOf(wanted) || !startsWith(pathnameOf(made), `${pathnameOf(wanted)}/`))
    throw new TypeError('This address leads out of the session, and was not opened.');
  return url;
}

/**
 * Maps `address` to the sandbox. `base` is the session's, such as `ws://localhost:4321/s/k3jf9`, and `connection` the label, such
 * as `A1`. Returns undefined for an address that a browser would refuse (RFC 6455 §3), so that the reader sees the browser's own
 * error.
 */
export function mapAddress(address: string, base: string, connection: string): MappedAddress | undefined {
  const resolved = resolve(address, new NativeURL(base));
  if (!resolved) return undefined;
  const { url, path, isSandbox, isAbsolute } = resolved;
  const isKnown = known.has(path.split('/')[1] ?? '');
  // A path on this host stays as it is: the refusal lists the addresses that exist. A whole address that the sandbox does not
  // have comes from a program written elsewhere, built from `location.host`, say.
  const keeps = isKnown || (isSandbox && !isAbsolute);
  const prefix = `${base}.${connection}`;
  return {
    url: within(`${prefix}${keeps ? path : '/echo'}${url.search}${url.hash}`, prefix),
    isElsewhere: !isSandbox || !keeps,
  };
}

/**
 * Maps an address that is requested over HTTP. An address elsewhere that the sandbox does not have leads to the channel of its
 * last name, at `standIn`. Returns undefined for what a browser would refuse and for what is not on the network, such as `blob:`.
 */
export function mapHttpAddress(address: string, base: string, standIn: 'events' | 'messages' | 'poll'): AskedAddress | undefined {
  const httpBase = overHttp(base);
  const resolved = resolve(address, new NativeURL(httpBase));
  if (!resolved || resolved.isWebSocket) return undefined;
  const { url, path, isSandbox, isAbsolute } = resolved;
  // `fetch` refuses an address with a name and password in it. An EventSource accepts one, so they are left out.
  if (standIn !== 'events' && (usernameOf(url) !== '' || passwordOf(url) !== '')) return undefined;
  const [, first = '', channel = ''] = path.split('/');
  const last = /[\w.~-]{1,64}$/.exec(path)?.[0] ?? 'lobby';
  const isKnown = knownByHttp.has(first) && channel !== '';
  const keeps = isKnown || (isSandbox && !isAbsolute);
  const target = keeps ? path : `/${standIn}/${last}`;
  return {
    path: target,
    url(connection, request) {
      const prefix = `${httpBase}.${connection}.${request}`;
      return within(`${prefix}${target}${url.search}${url.hash}`, prefix);
    },
    isElsewhere: !isSandbox || !keeps,
  };
}

/** Resolves a relative address against the sandbox, because a Worker made from a blob has no address of its own. */
export function absoluteAddress(address: string, base: string): string {
  try {
    return new NativeURL(address, new NativeURL('/', overHttp(base))).href;
  } catch {
    return address;
  }
}
