/** A program's file, ready to run: its address, by which errors name it, and how it starts. */
import type { Source } from '../../../../in-page/load/read-source.ts';
import type { Place } from '../errors.ts';

export interface ProgramFile {
  /** The address of its script. Never revoke it: WebKit would then report nothing about later errors of the program. */
  url: string;
  /** So many columns further to the right the first line stands in the script than in the reader's file. */
  firstLineShift: number;
  /** True where it runs as the body of a function, as CommonJS does. */
  isFunctionBody: boolean;
  /** Runs it. Calls `onBegun` just before its first line; resolves when it has run to its end. Rejects with what it throws. */
  run(onBegun: () => void): Promise<void>;
}

/** Thrown for an import that cannot be had, at its place in the reader's file. */
export class ImportProblem extends Error {
  override name = 'ImportProblem';
  readonly place: Place;

  constructor(message: string, place: Place) {
    super(message);
    this.place = place;
  }
}

const { createObjectURL } = URL;

/** Returns the address of a script. */
export const scriptAddress = (code: string): string => createObjectURL(new Blob([code], { type: 'text/javascript' }));

/** The global that tells that a module begins; there until then. */
const begins = '__begins';

/** Returns the file of a module. Its promise may wait for the run: `await` outside functions lets the module go on much later. */
export function moduleFile(code: string): ProgramFile {
  const url = scriptAddress(code);
  return {
    url,
    firstLineShift: 0,
    isFunctionBody: false,
    async run(onBegun) {
      Object.defineProperty(globalThis, begins, {
        configurable: true,
        value: () => {
          Reflect.deleteProperty(globalThis, begins);
          onBegun();
        },
      });
      // Modules are evaluated in order, so this one ends right before the program's begins.
      const marker = scriptAddress(`${begins}();`);
      await import(/* @vite-ignore */ scriptAddress(`import "${marker}"; import "${url}";`));
    },
  };
}

/**
 * Returns the source with every `import()` left to a loader of ours, also one whose specifier is known: the browser's own is real
 * work, which takes a time of its own even where it fails.
 */
export function withOwnLoader(source: Source): Source {
  return { ...source, imports: source.imports.map((one) => (one.isDynamic ? { ...one, specifier: undefined } : one)) };
}

/** Returns the line and column, from 1, of a place in a text. */
export function placeAt(text: string, offset: number): Required<Place> {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
