/** Node's module `fs` for the reader's own files: reading alone. */
import posix from 'path-browserify';
import { Buffer } from '../buffer.ts';
import { functionOf } from '../argument-error.ts';
import { programFolder, type ModuleParts } from '../module-parts.ts';
import { ticker } from '../node-parts.ts';
import type { ReaderFiles } from '../reader-files.ts';
import { pathOf } from '../url/file-url.ts';
import { refusals } from './absent-members.ts';
import { FileStream } from './file-stream.ts';

type Encoding = BufferEncoding | { encoding?: BufferEncoding | null } | null | undefined;

interface Stats {
  size: number;
  isFile: () => boolean;
  isDirectory: () => boolean;
}

/** Numbers of these errors on Linux. */
const errors = { ENOENT: [-2, 'no such file or directory'], EISDIR: [-21, 'illegal operation on a directory, read'] } as const;

function fsError(code: keyof typeof errors, syscall: string, path?: string): Error {
  const [errno, words] = errors[code];
  const message = `${code}: ${words}${path === undefined ? '' : `, ${syscall} '${path}'`}`;
  return Object.assign(new Error(message), { errno, code, syscall, ...(path !== undefined && { path }) });
}

/** What of the module returns at once. Throws an Error with Node's code. */
function syncOf(files: ReaderFiles) {
  const textOf = (path: unknown): string => {
    const name = pathOf(path);
    const text = files.read(name);
    if (text !== undefined) return text;
    throw files.isFolder(name) ? fsError('EISDIR', 'read') : fsError('ENOENT', 'open', name);
  };
  return {
    readFileSync(path: unknown, options?: Encoding): string | Buffer {
      const bytes = Buffer.from(textOf(path));
      const encoding = typeof options === 'string' ? options : options?.encoding;
      return encoding ? bytes.toString(encoding) : bytes;
    },
    existsSync(path: unknown): boolean {
      if (typeof path !== 'string' && !(path instanceof URL)) return false;
      const name = pathOf(path);
      return files.read(name) !== undefined || files.isFolder(name);
    },
    readdirSync(path: unknown): string[] {
      const name = pathOf(path);
      if (!files.isFolder(name)) throw fsError('ENOENT', 'scandir', name);
      return files.namesIn(name);
    },
    statSync(path: unknown): Stats {
      const name = pathOf(path);
      const text = files.read(name);
      if (text === undefined && !files.isFolder(name)) throw fsError('ENOENT', 'stat', name);
      const size = text === undefined ? 4096 : Buffer.byteLength(text);
      return { size, isFile: () => text !== undefined, isDirectory: () => text === undefined };
    },
    accessSync(path: unknown): void {
      const name = pathOf(path);
      if (files.read(name) === undefined && !files.isFolder(name)) throw fsError('ENOENT', 'access', name);
    },
    realpathSync: (path: unknown): string => posix.resolve(programFolder, pathOf(path)),
  };
}

const names = { readFile: 'readFileSync', readdir: 'readdirSync', stat: 'statSync', access: 'accessSync' } as const;

const why = 'a run writes no files, so that every run finds the same. Keep what you want to keep in a variable.';
const absent = {
  ...Object.fromEntries(
    ['writeFile', 'appendFile', 'unlink', 'mkdir', 'rm', 'rename', 'copyFile'].flatMap((name) => [
      [name, why],
      [`${name}Sync`, why],
    ]),
  ),
  createWriteStream: why,
  watch: 'the files of a run do not change.',
  watchFile: 'the files of a run do not change.',
};

/** Returns what `require('fs')` gives; its `promises` are `require('fs/promises')`. */
export function createFs(files: ReaderFiles, parts: ModuleParts): Record<string, unknown> {
  const sync = syncOf(files);
  const acts = Object.entries(names).map(([name, of]) => [name, sync[of] as (...values: unknown[]) => unknown] as const);
  const promises = Object.fromEntries(acts.map(([name, act]) => [name, async (...values: unknown[]) => act(...values)]));
  const withCallbacks = Object.fromEntries(
    acts.map(([name, act]) => [
      name,
      (...values: unknown[]): void => {
        const done = functionOf('cb', values.pop());
        const outcome = attempt(() => act(...values));
        ticker(parts)(() => void done(...outcome));
      },
    ]),
  );
  const createReadStream = (path: unknown, options?: Encoding): FileStream => {
    const encoding = typeof options === 'string' ? options : options?.encoding;
    const stream = new FileStream(pathOf(path), () => String(sync.readFileSync(path, 'utf8')), ticker(parts));
    return encoding ? stream.setEncoding() : stream;
  };
  const refusing = refusals('fs', absent);
  return { ...refusing, ...sync, ...withCallbacks, createReadStream, promises: { ...refusing, ...promises } };
}

/** Returns the arguments of a callback: an error, or null and what an act returns. */
function attempt(act: () => unknown): unknown[] {
  try {
    return [null, act()];
  } catch (error) {
    return [error];
  }
}
