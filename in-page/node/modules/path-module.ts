/** Node's module `path`: the package `path-browserify`, which would ask a global `process` where the program runs. */
import posix from 'path-browserify';
import { programFolder } from '../module-parts.ts';

const resolve = (...paths: string[]): string => posix.resolve(programFolder, ...paths);
const path = { ...posix, resolve, relative: (from: string, to: string): string => posix.relative(resolve(from), resolve(to)) };

/** What `require('path')` gives. */
export const pathModule = { ...path, posix: path };
