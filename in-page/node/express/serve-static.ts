/** `express.static`: the reader's own files by their paths (the package `serve-static`, 2.x). */
import posix from 'path-browserify';
import type { ReaderFiles } from '../reader-files.ts';
import type { Handler } from './layer.ts';
import { pathOfUrl } from './request.ts';

export interface StaticOptions {
  /** The file for a folder, or false for none. */
  index?: string | false | undefined;
  /** Tried in turn where there is no file of the name. */
  extensions?: readonly string[] | false | undefined;
  /** False to answer 404 or 405 where there is no file, and not to go on. */
  fallthrough?: boolean | undefined;
}

/** Returns `express.static`. Files and folders whose names begin with a dot are not served. */
export const createStatic =
  (files: ReaderFiles) =>
  (root: string, { index = 'index.html', extensions = [], fallthrough = true }: StaticOptions = {}): Handler => {
    if (typeof root !== 'string' || root === '') throw new TypeError('root path required');
    return (req, res, next) => {
      const missing = (): void => (fallthrough ? next() : void res.sendStatus(404));
      if (req.method !== 'GET' && req.method !== 'HEAD') {
        if (fallthrough) next();
        else res.status(405).set('Allow', 'GET, HEAD').set('Content-Length', 0).end();
        return;
      }
      const path = decoded(pathOfUrl(req.url));
      // A path with a dot at the beginning of a name also leads out of the folder.
      if (path === undefined || path.split('/').some((part) => part.startsWith('.'))) {
        missing();
        return;
      }
      const file = posix.join(root, path);
      if (!path.endsWith('/') && files.isFolder(file)) {
        res.redirect(301, `${pathOfUrl(req.originalUrl)}/`);
        return;
      }
      const names = path.endsWith('/')
        ? index
          ? [posix.join(file, index)]
          : []
        : [file, ...(extensions || []).map((one) => `${file}.${one}`)];
      const found = names.find((name) => files.read(name) !== undefined);
      if (found === undefined) missing();
      else res.sendText(found, files.read(found) ?? '');
    };
  };

/** Returns a path without its encoding; undefined for one that has none. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
