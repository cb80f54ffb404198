import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the site. */
export interface SiteFile {
  /** Its path on disk. */
  file: string;
  /** The decoded path of the address, which decides the headers. */
  path: string;
}

const absent = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'EPERM', 'EINVAL']);

/** Returns the file that a target names, with or without its `.html`, or a folder's page; undefined if there is none. */
export async function findFile(folder: string, target: string): Promise<SiteFile | undefined> {
  const names = namesIn(target);
  if (!names) return undefined;
  const below = join(folder, ...names);
  const page = join(below, 'index.html');
  const isFolder = names.at(-1) === '';
  const candidates = names.length === 1 && isFolder ? [page] : [...(isFolder ? [] : [below]), `${below}.html`, page];
  for (const file of candidates) if (await isFile(file)) return { file, path: `/${names.join('/')}` };
  return undefined;
}

/** True for an error that says that there is no such file, or that we may not have it. */
export const isAbsence = (error: unknown): boolean => absent.has((error as Partial<NodeJS.ErrnoException>).code ?? '');

/** True if there is a file, rather than a folder or nothing. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isAbsence(error)) return false;
    throw error;
  }
}

/**
 * Returns the decoded names in a target's path; the last is empty if the path ends with a slash. Undefined if one cannot name a
 * file of the site: broken escapes, what leads out of its folder, and names that begin with a dot, of which only `.well-known`
 * is for the public (RFC 8615).
 */
function namesIn(target: string): string[] | undefined {
  const path = target.startsWith('/') ? target.split(/[?#]/, 1)[0] : URL.parse(target)?.pathname;
  if (!path?.startsWith('/')) return undefined;
  const raw = path.slice(1).split('/');
  const last = raw.pop() ?? '';
  let names: string[];
  try {
    names = [...raw.filter((name) => name !== ''), last].map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const isHidden = (name: string): boolean => name.startsWith('.') && name !== '.well-known';
  // A name on Windows cannot contain colons or backslashes.
  return names.some((name) => isHidden(name) || /[/\\:\0]/.test(name)) ? undefined : names;
}
