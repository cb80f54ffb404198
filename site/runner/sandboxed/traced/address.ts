/** Where the addresses in the reader's code lead: to this session's sandbox, whatever host they name. */

import { attribute, method } from '../natives.ts';

/** A mapped address. */
export interface MappedAddress {
  url: string;
  /** True where it leads elsewhere than it says, and the reader ought to be told so. */
  isElsewhere: boolean;
}

/** A mapped address that is asked by HTTP. */
export interface AskedAddress {
  /** The path within the sandbox, without its query. */
  path: string;
  /** The address with the connection named and the request numbered (see `ExchangeBase` in protocol/trace/trace.ts). */
  url(connection: string, request: number): string;
  isElsewhere: boolean;
}

/** First parts of the sandbox's WebSocket addresses. */
const known = new Set(['echo', 'broadcast', 'ticker', 'half-duplex', 'handshake', 'raw', 'sink', 'close', 'crowd', 'door']);
/** First parts of those that are asked by HTTP; a channel's name follows. */
const knownByHttp = new Set(['events', 'messages', 'poll', 'long-poll']);

const session = /^\/s\/[^/]+(?=\/)/;

// The reader's code may replace what it likes; these lead it nowhere else.
const NativeURL = URL;
const hostOf = attribute(URL.prototype, 'host');
const pathnameOf = attribute(URL.prototype, 'pathname');
const protocolOf = attribute(URL.prototype, 'protocol');
const usernameOf = attribute(URL.prototype, 'username');
const passwordOf = attribute(URL.prototype, 'password');
const startsWith = method(String.prototype.startsWith);
const sliceOf = method(String.prototype.slice);

/** The session's base for what is asked by HTTP. */
const overHttp = (base: string): string => (startsWith(base, 'ws') ? `http${sliceOf(base, 2)}` : base);

/** The path of a mapped address within the sandbox. */
export const pathInSandbox = (url: string): string => new NativeURL(url).pathname.replace(session, '');

/** An address of the web. */
interface Resolved {
  url: URL;
  isWebSocket: boolean;
  /** Without a session, where it is one of the sandbox. */
  path: string;
  /** On the sandbox's own host. */
  isSandbox: boolean;
  /** Names a host, and does not only say where on this one. */
  isAbsolute: boolean;
}

/** The address with what it is relative to, or undefined where it is none of the web's. */
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

/** The address itself, where it is one of this connection in this session. Throws otherwise, which no address makes it do. */
function within(url: string, prefix: string): string {
  const made = new NativeURL(url);
  const wanted = new NativeURL(prefix);
  if (hostOf(made) !== hostOf(wanted) || !startsWith(pathnameOf(made), `${pathnameOf(wanted)}/`))
    throw new TypeError('This address leads out of the session, and was not opened.');
  return url;
}

/**
 * Maps `address` to the sandbox. `base` is the session's, such as `ws://localhost:4321/s/k3jf9`, and `connection` the
 * label, such as `A1`. Returns undefined for what a browser would refuse (RFC 6455 §3): its own error is the right one.
 */
export function mapAddress(address: string, base: string, connection: string): MappedAddress | undefined {
  const resolved = resolve(address, new NativeURL(base));
  if (!resolved) return undefined;
  const { url, path, isSandbox, isAbsolute } = resolved;
  const isKnown = known.has(path.split('/')[1] ?? '');
  // A path on this host keeps its place: the refusal lists the addresses that there are. A whole address that the sandbox does not
  // have is a program's from elsewhere, made of `location.host`, say.
  const keeps = isKnown || (isSandbox && !isAbsolute);
  const prefix = `${base}.${connection}`;
  return {
    url: within(`${prefix}${keeps ? path : '/echo'}${url.search}${url.hash}`, prefix),
    isElsewhere: !isSandbox || !keeps,
  };
}

/**
 * Maps an address that is asked by HTTP. One elsewhere that the sandbox does not have leads to the channel of its last name,
 * at `standIn`. Returns undefined for what a browser would refuse, and for what is no address of the network, such as `blob:`.
 */
export function mapHttpAddress(address: string, base: string, standIn: 'events' | 'messages' | 'poll'): AskedAddress | undefined {
  const httpBase = overHttp(base);
  const resolved = resolve(address, new NativeURL(httpBase));
  if (!resolved || resolved.isWebSocket) return undefined;
  const { url, path, isSandbox, isAbsolute } = resolved;
  // `fetch` refuses an address with a name and a password in it; an EventSource does not, and they are left out.
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

/** An address with what it is relative to: the sandbox, since a Worker made of a blob has no address of its own. */
export function absoluteAddress(address: string, base: string): string {
  try {
    return new NativeURL(address, new NativeURL('/', overHttp(base))).href;
  } catch {
    return address;
  }
}
