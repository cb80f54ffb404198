import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the site. */
export interface SiteFile {
  /** Where it lies. */
  file: string;
  /** The path of the address, decoded: what headers go by. */
  path: string;
}

const absent = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'EPERM', 'EINVAL']);

/** The file that a request's target names, with or without its `.html`, or the page of a folder; undefined where there is none. */
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

/** True of an error that says that there is no such file, or none for us. */
export const isAbsence = (error: unknown): boolean => absent.has((error as Partial<NodeJS.ErrnoException>).code ?? '');

/** True where there is a file, rather than a folder or nothing. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isAbsence(error)) return false;
    throw error;
  }
}

/**
 * The names in the path of a target, decoded; the last is empty where it ends with a slash. Undefined where one is no name of a file of the site: broken
 * escapes, what leads out of its folder, and names with a dot first, of which `.well-known` alone is for the public (RFC 8615).
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
  // Colons and backslashes are no part of a name on Windows.
  return names.some((name) => isHidden(name) || /[/\\:\0]/.test(name)) ? undefined : names;
}
