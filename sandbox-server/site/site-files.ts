import { existsSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import type { Descriptors } from '../descriptors.ts';
import { findFile, isAbsence, isFile } from './find-file.ts';
import { sendErrorPage, sendFile } from './send-file.ts';

/** Serves the built site. Both reject with a Refusal, or with an error of the file system. */
export interface SiteFiles {
  /** Answers with the file at the request's address; false if there is none. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Answers 404 with the site's own page; false if there is none. */
  notFound(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/**
 * Serves the files of a built site, with the compressed forms beside them; undefined if the folder does not exist. Looks for
 * files at each request, so that a new build can replace them while the server runs.
 *
 * `site/` has the rules of HTTP; `negotiator` and `mrmime` do their part. No library did the rest correctly: of the 123 cases in
 * `site-files.test.ts`, `send` 1.2.1 failed 30 and `@fastify/send` 4.2.1 failed 39, above all ranges with HEAD, invalid ranges,
 * and strong validators.
 */
export function createSiteFiles(folder: string, descriptors: Descriptors): SiteFiles | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const root = resolve(folder);
  const notFoundPage = { file: join(root, '404.html'), path: '/404.html' };
  return {
    async serve(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false;
      const found = await findFile(root, request.url ?? '');
      return found !== undefined && (await isThere(response, sendFile(request, response, found, descriptors)));
    },
    async notFound(request, response) {
      if (!(await isFile(notFoundPage.file))) return false;
      return await isThere(response, sendErrorPage(request, response, 404, notFoundPage, descriptors));
    },
  };
}

/** Waits until a file is sent; false if it has vanished since we found it, as files do during a build. */
async function isThere(response: ServerResponse, sent: Promise<void>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (isAbsence(error) && !response.headersSent) return false;
    throw error;
  }
}
