/** Serves the built site as files and nothing else, as any static host does: no sandbox, and none of our header fields. */
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { siteFolder } from '../../../scripts/build/site-build.ts';

/** Such a host, on its own port. */
export interface StaticHost extends AsyncDisposable {
  origin: string;
  /** The requests that were not for a file, as `POST /path`, in order. */
  turnedAway: string[];
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/** Returns the file that an address names, a folder's being its `index.html`; undefined if there is none. */
function fileAt(url: string): string | undefined {
  // A URL's path has no `..` left in it.
  const path = join(siteFolder, decodeURIComponent(new URL(url, 'http://host').pathname));
  const file = path.endsWith('/') ? join(path, 'index.html') : path;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

export async function startStaticHost(): Promise<StaticHost> {
  const turnedAway: string[] = [];
  const server = createServer(({ method = '', url = '/' }, response) => {
    const isRead = method === 'GET' || method === 'HEAD';
    const file = isRead ? fileAt(url) : undefined;
    if (file === undefined) turnedAway.push(`${method} ${url.replace(/\?.*$/, '')}`);
    if (!isRead) return void response.writeHead(405, { 'Content-Type': 'text/html', Allow: 'GET, HEAD' }).end('Not allowed');
    const shown = file ?? join(siteFolder, '404.html');
    response.writeHead(file ? 200 : 404, { 'Content-Type': types[extname(shown)] ?? 'application/octet-stream' });
    response.end(method === 'HEAD' ? undefined : readFileSync(shown));
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    turnedAway,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
