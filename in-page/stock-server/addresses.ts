/** Maps the addresses in a reader's program to the stock server, whatever host they name, as the live network maps them to its. */
import {
  type Destination,
  type GivenAddress,
  httpDestination,
  namesHost,
  sessionInPath,
  type StandIn,
  webSocketDestination,
} from '../../protocol/messages/address-in-sandbox.ts';

/** An address on the stock server. */
export interface StockAddress {
  url: string;
  /** True if it leads elsewhere than it says, so the reader should be told. */
  isElsewhere: boolean;
}

interface Resolved extends GivenAddress {
  url: URL;
  isWebSocket: boolean;
}

/** Returns undefined for what is no address of the web. */
function resolve(address: string, server: URL): Resolved | undefined {
  const url = URL.parse(address, new URL('/', server));
  if (!url || !/^(?:ws|http)s?:$/.test(url.protocol)) return undefined;
  const isSandbox = url.host === server.host;
  const path = isSandbox ? url.pathname.replace(sessionInPath, '') : url.pathname;
  return { url, isWebSocket: url.protocol.startsWith('ws'), path, isSandbox, isAbsolute: namesHost(address) };
}

/** Returns a place on the server, with the query and fragment of the given address. */
function placeOn(server: URL, scheme: 'ws' | 'http', { url }: Resolved, { path, isElsewhere }: Destination): StockAddress {
  const origin = server.origin.replace(/^http/, scheme);
  return { url: new URL(`${origin}${path}${url.search}${url.hash}`).href, isElsewhere };
}

/**
 * Maps a WebSocket's address. `base` is an address on the stock server, such as `http://localhost:4321/`. Returns undefined for an
 * address that a browser would refuse (RFC 6455 §3), so that the reader sees the browser's own error.
 */
export function mapToStock(address: string, base: string): StockAddress | undefined {
  const server = new URL(base);
  const resolved = resolve(address, server);
  return resolved && placeOn(server, 'ws', resolved, webSocketDestination(resolved));
}

/**
 * Maps an address that is asked over HTTP. One elsewhere leads to the channel of its last name, at `standIn`. Returns undefined for
 * what a browser would refuse and for what is not on the network, such as `blob:`.
 */
export function mapHttpToStock(address: string, base: string, standIn: StandIn): StockAddress | undefined {
  const server = new URL(base);
  const resolved = resolve(address, server);
  if (!resolved || resolved.isWebSocket) return undefined;
  // `fetch` refuses an address with a name and password in it. An EventSource accepts one, so they are left out.
  const { username, password } = resolved.url;
  if (standIn !== 'events' && (username !== '' || password !== '')) return undefined;
  return placeOn(server, 'http', resolved, httpDestination(resolved, standIn));
}
