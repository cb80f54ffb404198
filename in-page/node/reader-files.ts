/** The reader's own files as a program finds them: by paths from its folder, or whole ones. */
import posix from 'path-browserify';
import { programFolder } from './module-parts.ts';

export class ReaderFiles {
  readonly #texts: ReadonlyMap<string, string>;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.#texts = new Map(Object.entries(files).map(([path, text]) => [posix.resolve(programFolder, path), text]));
  }

  /** Returns a file's text; undefined where there is none. */
  read(path: string): string | undefined {
    return this.#texts.get(posix.resolve(programFolder, path));
  }

  /** True where a file is below this path. The program's own folder is always there. */
  isFolder(path: string): boolean {
    const folder = posix.resolve(programFolder, path);
    return folder === programFolder || this.namesIn(folder).length > 0;
  }

  /** Returns the names of the files and folders in a folder, in order. */
  namesIn(path: string): string[] {
    const folder = posix.join(posix.resolve(programFolder, path), '/');
    const below = [...this.#texts.keys()].filter((file) => file.startsWith(folder));
    return [...new Set(below.map((file) => file.slice(folder.length).split('/', 1)[0] ?? ''))].sort();
  }
}
