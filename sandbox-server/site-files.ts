import { existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import sirv from 'sirv';
import { siteHeaders } from './site-headers.ts';

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
  const setHeaders = (response: ServerResponse, path: string): void => {
    const file = fileAt(folder, path);
    const fields = siteHeaders({ file, path }, response.req.headers.host);
    for (const [name, value] of Object.entries(fields)) response.setHeader(name, value);
  };
  const serve = sirv(folder, { dev: true, etag: true, brotli: true, gzip: true, extensions: ['html'], setHeaders });
  return {
    serve(request, response, absent) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return absent();
      // sirv pipes the file without a listener for errors: one that vanishes at the wrong moment would end the process.
      response.once('pipe', (file: Readable) => file.once('error', () => response.destroy()));
      serve(request, response, absent);
    },
    notFound(request, response) {
      const file = join(folder, '404.html');
      if (!existsSync(file)) return false;
      const notFoundPage = readFileSync(file);
      response.writeHead(404, {
        ...siteHeaders({ file, path: '/404.html' }, request.headers.host),
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Length': notFoundPage.length,
        'Cache-Control': 'no-store',
      });
      response.end(request.method === 'HEAD' ? undefined : notFoundPage);
      return true;
    },
  };
}

/** The file that sirv sends for a path. */
function fileAt(folder: string, path: string): string {
  const below = join(folder, path);
  const candidates = path.endsWith('/') ? [join(below, 'index.html')] : [below, `${below}.html`, join(below, 'index.html')];
  return candidates.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile()) ?? below;
}
