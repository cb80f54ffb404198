/**
 * Confines the frame's document, and the Workers that inherit its policy, to the server that it came from: by scheme, host and
 * port. `'self'` says the same but in WebKit, and is all that can be said of a server whose name is an IPv6 address.
 *
 * Returns false, and nothing may run, where the document is not in a sandbox of opaque origin: somebody opened it by itself, or
 * shows it in a frame of their own, and would have the reader's storage within reach.
 */
export function confine(): boolean {
  if (self.origin !== 'null') return false;
  const { origin, hostname } = location;
  const named = hostname.startsWith('[') ? '' : ` ${origin} ${origin.replace(/^http/, 'ws')}`;
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  // What a policy says nothing of, it allows: so this one names what is needed, and leaves out the rest.
  policy.content = `default-src blob:; connect-src 'self'${named}`;
  document.head.append(policy);
  return true;
}
