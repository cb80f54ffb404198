import { existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
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

/** The one page that any site may show in a frame: it shows a recorded trace, and has nothing to be clicked by mistake. */
const embedded = /^\/trace\/embed(\/|\/index\.html)?$/;

/** Serves the built site. */
export interface SiteFiles {
  /** Answers with a file, or calls `absent`. */
  serve(request: IncomingMessage, response: ServerResponse, absent: () => void): void;
  /** Answers 404 with the site's own page. False where there is none. */
  notFound(request: IncomingMessage, response: ServerResponse): boolean;
}

/**
 * The files of a built site, with the compressed forms beside them; undefined where the folder is not there. Files are looked
 * for at each request, so that a new build may replace them while the server runs.
 */
export function createSiteFiles(folder: string): SiteFiles | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const serve = sirv(folder, { dev: true, etag: true, brotli: true, gzip: true, extensions: ['html'], setHeaders });
  return {
    serve(request, response, absent) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return absent();
      // sirv pipes the file without a listener for errors: one that vanishes at the wrong moment would end the process.
      response.once('pipe', (file: Readable) => file.once('error', () => response.destroy()));
      serve(request, response, absent);
    },
    notFound(request, response) {
      const path = join(folder, '404.html');
      if (!existsSync(path)) return false;
      const notFoundPage = readFileSync(path);
      response.writeHead(404, { ...headers, 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': notFoundPage.length });
      response.end(request.method === 'HEAD' ? undefined : notFoundPage);
      return true;
    },
  };
}

function setHeaders(response: ServerResponse, path: string): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (embedded.test(path)) {
    response.setHeader(
      'Content-Security-Policy',
      headers['Content-Security-Policy'].replace("frame-ancestors 'self'", 'frame-ancestors *'),
    );
  }
  // Astro puts a hash of the content into these names; everything else is asked for again, and mostly answered 304.
  const hashed = path.startsWith('/_astro/');
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}
