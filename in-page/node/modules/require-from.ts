/** `require` for a program of the page: its modules, and JSON of the reader's own files. */
import posix from 'path-browserify';
import { programFolder } from '../module-parts.ts';
import { codedError } from '../net/system-error.ts';
import { ReaderFiles } from '../reader-files.ts';
import type { NodeModules } from './create-node-modules.ts';

export interface Require {
  (name: string): unknown;
  /** Returns the name of a module, or the path of a file. Throws as `require` does. */
  resolve: (name: string) => string;
  /** The program's own module, where whoever runs it sets that: programs compare it with `module`. */
  main: unknown;
  cache: Record<string, unknown>;
}

const isPath = (name: string): boolean => /^(\.{0,2}\/|\.{1,2}$)/.test(name);

/** Returns `require` for a program in the folder of programs. It throws an Error with the code MODULE_NOT_FOUND. */
export function requireFrom(modules: NodeModules, files: Readonly<Record<string, string>> = {}): Require {
  const own = new ReaderFiles(files);
  const cache: Record<string, unknown> = {};
  const resolve = (name: string): string => {
    if (isPath(name)) return fileOf(own, name);
    modules.get(name);
    return name;
  };
  const require = (name: string): unknown => {
    if (typeof name !== 'string' || name === '') {
      throw codedError(`require takes the name of a module, and not ${JSON.stringify(name)}.`, 'ERR_INVALID_ARG_VALUE');
    }
    if (!isPath(name)) return modules.get(name);
    const path = fileOf(own, name);
    // The same object each time, as in Node.
    if (!Object.hasOwn(cache, path)) cache[path] = parseJson(path, own.read(path) ?? '');
    return cache[path];
  };
  return Object.assign(require, { resolve, main: undefined, cache });
}

function fileOf(files: ReaderFiles, name: string): string {
  const path = posix.resolve(programFolder, name);
  const found = [path, `${path}.json`].find((tried) => files.read(tried) !== undefined);
  if (found?.endsWith('.json')) return found;
  const words =
    found === undefined && [`${path}.js`, `${path}.cjs`].every((tried) => files.read(tried) === undefined)
      ? 'There is no such file beside the program.'
      : 'A program is one file here: of other files it can require JSON alone. Put the code into the program.';
  throw Object.assign(codedError(`Cannot find module '${name}'. ${words}`, 'MODULE_NOT_FOUND'), { requireStack: [] });
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new SyntaxError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
