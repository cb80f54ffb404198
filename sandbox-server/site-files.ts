import { existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/**
 * Headers of every page and file. Lessons run the reader's code in `<iframe srcdoc>`, which inherits this policy, so it says
 * nothing of scripts, workers or connections: that frame brings its own, narrower policy for them.
 */
const headers = {
  'Content-Security-Policy': "frame-src 'none'; frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
};

/** Serves the built site. */
export interface SiteFiles {
  /** Answers with a file, or calls `absent`. */
  serve(request: IncomingMessage, response: ServerResponse, absent: () => void): void;
  /** Answers 404 with the site's own page. False where there is none. */
  notFound(request: IncomingMessage, response: ServerResponse): boolean;
}

/** The files of a built site, with the compressed forms beside them; undefined where the folder is not there. Reads its list once. */
export function createSiteFiles(folder: string): SiteFiles | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const page = join(folder, '404.html');
  const notFoundPage = existsSync(page) ? readFileSync(page) : undefined;
  const serve = sirv(folder, { etag: true, brotli: true, gzip: true, extensions: ['html'], setHeaders });
  return {
    serve(request, response, absent) {
      if (request.method !== 'GET' && request.method !== 'HEAD') absent();
      else serve(request, response, absent);
    },
    notFound(request, response) {
      if (!notFoundPage) return false;
      response.writeHead(404, { ...headers, 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': notFoundPage.length });
      response.end(request.method === 'HEAD' ? undefined : notFoundPage);
      return true;
    },
  };
}

function setHeaders(response: ServerResponse, path: string): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Astro puts a hash of the content into these names; everything else is asked for again, and mostly answered 304.
  const hashed = path.startsWith('/_astro/');
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}
