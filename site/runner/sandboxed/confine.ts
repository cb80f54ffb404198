/**
 * Confines the frame's document, and the Workers that inherit its policy, to what they may connect to: nothing, or the server
 * that it came from, by scheme, host and port. `'self'` says the same except in WebKit, and is all that a policy can say if the
 * server's name is an IPv6 address.
 *
 * Returns false, and nothing may run, if the document is not in a sandbox with an opaque origin: somebody opened it directly, or
 * framed it themselves, and the reader's storage would be within reach.
 */
export function confine(to: 'server' | 'nothing'): boolean {
  if (self.origin !== 'null') return false;
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  // A policy allows every kind of fetch that it does not mention, so `default-src` limits the rest to blobs.
  policy.content = `default-src blob:; connect-src ${to === 'server' ? ownServer() : "'none'"}`;
  document.head.append(policy);
  return true;
}

function ownServer(): string {
  const { origin, hostname } = location;
  return hostname.startsWith('[') ? "'self'" : `'self' ${origin} ${origin.replace(/^http/, 'ws')}`;
}
