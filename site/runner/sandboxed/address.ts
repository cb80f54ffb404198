/** Where the addresses in the reader's code lead: to this session's sandbox, whatever host they name. */

/** A mapped address. */
export interface MappedAddress {
  url: string;
  /** True where the reader named another host, and ought to be told that the sandbox answers in its place. */
  isElsewhere: boolean;
}

/** First parts of the sandbox's WebSocket addresses. */
const known = new Set(['echo', 'broadcast', 'ticker', 'half-duplex', 'handshake', 'raw', 'sink']);

/**
 * Maps `address` to the sandbox. `base` is the session's, such as `ws://localhost:4321/s/k3jf9`, and `connection` the
 * label, such as `A1`. Returns undefined for what a browser would refuse (RFC 6455 §3): its own error is the right one.
 */
export function mapAddress(address: string, base: string, connection: string): MappedAddress | undefined {
  const sandbox = new URL(base);
  let url: URL;
  try {
    url = new URL(address, new URL('/', sandbox));
  } catch {
    return undefined;
  }
  if (!/^(ws|http)s?:$/.test(url.protocol)) return undefined;
  const isSandbox = url.host === sandbox.host;
  const path = isSandbox ? url.pathname.replace(/^\/s\/[^/]+(?=\/)/, '') : url.pathname;
  const isKnown = known.has(path.split('/')[1] ?? '');
  // The sandbox's own host keeps an unknown path: its refusal lists the addresses that there are.
  const target = isKnown || isSandbox ? path : '/echo';
  return {
    url: `${base}.${connection}${target}${url.search}${url.hash}`,
    isElsewhere: !isSandbox,
  };
}
