/** The header fields of the built site's pages and files. */

/**
 * Headers of every page and file. Lessons run the reader's code in `<iframe srcdoc>`, which inherits this policy, so it says
 * nothing of scripts, workers or connections: that frame brings its own, narrower policy for them.
 */
const headers = {
  'Content-Security-Policy': "frame-src 'none'; frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
};

/** The one page that any site may show in a frame: it shows a recorded trace, and has nothing to be clicked by mistake. */
const embedded = /^\/trace\/embed(\/|\/index\.html)?$/;

/** The fields of the file at a path of the site, whatever the status, but for those that say what its bytes are. */
export function siteHeaders({ path }: { file: string; path: string }): Record<string, string> {
  const all: Record<string, string> = { ...headers };
  if (embedded.test(path)) {
    all['Content-Security-Policy'] = headers['Content-Security-Policy'].replace("frame-ancestors 'self'", 'frame-ancestors *');
  }
  // Astro puts a hash of the content into these names; everything else is asked for again, and mostly answered 304.
  const hashed = path.startsWith('/_astro/');
  all['Cache-Control'] = hashed ? 'public, max-age=31536000, immutable' : 'no-cache';
  return all;
}
