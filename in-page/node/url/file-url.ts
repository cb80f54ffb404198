/** Paths of files and their `file:` addresses (Node's documentation, "url"). */
import posix from 'path-browserify';
import { wrongArgument } from '../argument-error.ts';
import { programFolder } from '../module-parts.ts';

/** Returns the path in a `file:` address. Throws Node's TypeErrors for another scheme or a host. */
export function fileURLToPath(address: string | URL): string {
  const url = new URL(address);
  if (url.protocol !== 'file:') {
    throw Object.assign(new TypeError('The URL must be of scheme file'), { code: 'ERR_INVALID_URL_SCHEME' });
  }
  if (url.hostname !== '' && url.hostname !== 'localhost') {
    const message = 'File URL host must be "localhost" or empty on linux';
    throw Object.assign(new TypeError(message), { code: 'ERR_INVALID_FILE_URL_HOST' });
  }
  return decodeURIComponent(url.pathname);
}

export function pathToFileURL(path: string): URL {
  const whole = posix.resolve(programFolder, path);
  return new URL(`file://${whole.split('/').map(encodeURIComponent).join('/')}`);
}

/** Returns a path that a program passes to `fs`: text, or a `file:` address. */
export function pathOf(path: unknown): string {
  if (typeof path === 'string') return path;
  if (path instanceof URL) return fileURLToPath(path);
  throw wrongArgument('path', 'of type string or an instance of Buffer or URL', path);
}
