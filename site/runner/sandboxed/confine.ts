/**
 * Confines the frame's document, and the Workers that inherit its policy, to the server that it came from, by scheme, host and
 * port. `'self'` says the same except in WebKit, and is all that a policy can say if the server's name is an IPv6 address.
 *
 * Returns false, and nothing may run, if the document is not in a sandbox with an opaque origin: somebody opened it directly, or
 * framed it themselves, and the reader's storage would be within reach.
 */
export function confine(): boolean {
  if (self.origin !== 'null') return false;
  const { origin, hostname } = location;
  const named = hostname.startsWith('[') ? '' : ` ${origin} ${origin.replace(/^http/, 'ws')}`;
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  // A policy allows every kind of fetch that it does not mention, so `default-src` limits the rest to blobs.
  policy.content = `default-src blob:; connect-src 'self'${named}`;
  document.head.append(policy);
  return true;
}
