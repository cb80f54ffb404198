/** Returns the URL of a WebSocket server, with `http:` read as `ws:`. Throws a SyntaxError in the library's words. */
export function parseAddress(address: string | URL): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new SyntaxError(`Invalid URL: ${String(address)}`);
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  if (!['ws:', 'wss:', 'ws+unix:'].includes(url.protocol)) {
    throw new SyntaxError('The URL\'s protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"');
  }
  if (url.protocol === 'ws+unix:' && !url.pathname) throw new SyntaxError("The URL's pathname is empty");
  if (url.hash) throw new SyntaxError('The URL contains a fragment identifier');
  return url;
}

/** Returns the port that a URL leads to. */
export const portOf = (url: URL): number => Number(url.port || (url.protocol === 'wss:' ? 443 : 80));
