/**
 * Confines the frame's document, and the Workers that inherit its policy, to the server that it came from: by scheme, host and
 * port. `'self'` is the same for a server whose name is an IPv6 address, which a policy cannot write.
 *
 * Returns false, and nothing may run, where the document is not in a sandbox of opaque origin: somebody opened it by itself, or
 * shows it in a frame of their own, and would have the reader's storage within reach.
 */
export function confine(): boolean {
  if (self.origin !== 'null') return false;
  const { origin } = location;
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  // What a policy says nothing of, it allows: so this one names what is needed, and leaves out the rest.
  policy.content = `default-src blob:; connect-src 'self' ${origin} ${origin.replace(/^http/, 'ws')}`;
  document.head.append(policy);
  return true;
}
