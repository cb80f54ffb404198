/** Maps the addresses in the reader's code to this session's sandbox, whatever host they name. */

import {
  type GivenAddress,
  httpDestination,
  namesHost,
  sessionInPath,
  type StandIn,
  webSocketDestination,
} from '../../../../protocol/messages/address-in-sandbox.ts';
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
export const pathInSandbox = (url: string): string => new NativeURL(url).pathname.replace(sessionInPath, '');

/** An address of the web. */
interface Resolved extends GivenAddress {
  url: URL;
  isWebSocket: boolean;
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
  const path = isSandbox ? pathnameOf(url).replace(sessionInPath, '') : pathnameOf(url);
  return { url, isWebSocket, path, isSandbox, isAbsolute: namesHost(address) };
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
  const { url } = resolved;
  const { path, isElsewhere } = webSocketDestination(resolved);
  const prefix = `${base}.${connection}`;
  return { url: within(`${prefix}${path}${url.search}${url.hash}`, prefix), isElsewhere };
}

/**
 * Maps an address that is requested over HTTP. An address elsewhere that the sandbox does not have leads to the channel of its
 * last name, at `standIn`. Returns undefined for what a browser would refuse and for what is not on the network, such as `blob:`.
 */
export function mapHttpAddress(address: string, base: string, standIn: StandIn): AskedAddress | undefined {
  const httpBase = overHttp(base);
  const resolved = resolve(address, new NativeURL(httpBase));
  if (!resolved || resolved.isWebSocket) return undefined;
  const { url } = resolved;
  // `fetch` refuses an address with a name and password in it. An EventSource accepts one, so they are left out.
  if (standIn !== 'events' && (usernameOf(url) !== '' || passwordOf(url) !== '')) return undefined;
  const { path, isElsewhere } = httpDestination(resolved, standIn);
  return {
    path,
    url(connection, request) {
      const prefix = `${httpBase}.${connection}.${request}`;
      return within(`${prefix}${path}${url.search}${url.hash}`, prefix);
    },
    isElsewhere,
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
