/**
 * The address and the protocols that a program hands to `new WebSocket` (WHATWG WebSockets §3.1). The words of errors are those of
 * Chromium; the standard has none.
 */

const refuse = (why: string): never => {
  throw new DOMException(`Failed to construct 'WebSocket': ${why}`, 'SyntaxError');
};

const schemes: Readonly<Record<string, string>> = { 'http:': 'ws:', 'https:': 'wss:', 'ws:': 'ws:', 'wss:': 'wss:' };

/**
 * Returns the address as a URL whose scheme is `ws` or `wss`. Throws a SyntaxError DOMException for one that is no URL, has
 * another scheme, or has a fragment, even an empty one.
 */
export function webSocketUrl(address: string, base: string): URL {
  if (!URL.canParse(address, base)) return refuse(`The URL '${address}' is invalid.`);
  const url = new URL(address, base);
  const scheme = schemes[url.protocol];
  if (scheme === undefined) {
    const given = url.protocol.slice(0, -1);
    return refuse(`The URL's scheme must be either 'http', 'https', 'ws', or 'wss'. '${given}' is not allowed.`);
  }
  // An empty fragment shows in the whole address alone.
  if (url.href.includes('#')) {
    const fragment = url.hash.slice(1);
    return refuse(
      `The URL contains a fragment identifier ('${fragment}'). Fragment identifiers are not allowed in WebSocket URLs.`,
    );
  }
  // A new URL, since the port that is the default of one scheme may not be that of the other.
  return scheme === url.protocol ? url : new URL(url.href.replace(/^https?:/, scheme));
}

/** Returns the port that an address leads to: by default 80, and 443 for `wss` (RFC 6455 §3). */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'wss:' ? 443 : 80;
}

/** A token of HTTP: the characters that are neither controls nor separators (RFC 2616 §2.2, which RFC 6455 §4.1 names). */
const token = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

/** Returns the protocols as a list, as WebIDL converts `(DOMString or sequence<DOMString>)`. */
function listed(protocols: unknown): string[] {
  if (protocols === undefined) return [];
  if (typeof protocols === 'object' && protocols !== null && Symbol.iterator in protocols) {
    return Array.from(protocols as Iterable<unknown>, (protocol) => `${protocol as string}`);
  }
  return [`${protocols as string}`];
}

/** Returns a protocol as Chromium shows it: what is not printable ASCII by its number. */
const shown = (protocol: string): string =>
  protocol.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);

/**
 * Returns the protocols that a program asks for. Throws a SyntaxError DOMException for one that is no token, or is there twice
 * (RFC 6455 §4.1).
 */
export function askedProtocols(protocols: unknown): string[] {
  const asked = listed(protocols);
  for (const [i, protocol] of asked.entries()) {
    if (!token.test(protocol)) refuse(`The subprotocol '${shown(protocol)}' is invalid.`);
    if (asked.indexOf(protocol) < i) refuse(`The subprotocol '${protocol}' is duplicated.`);
  }
  return asked;
}
