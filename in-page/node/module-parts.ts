/** What the modules and globals of Node need of the program in which they run, beyond what `http` and `ws` need. */
import type { NodeParts } from './node-parts.ts';

export interface ModuleParts extends NodeParts {
  /** `process.env`. By default empty. */
  env?: Readonly<Record<string, string>> | undefined;
  /** The reader's own files: text by its path from the program's folder, such as `public/index.html`. */
  files?: Readonly<Record<string, string>> | undefined;
  /** The name of the program's file. By default `server.js`. */
  program?: string | undefined;
  /** Ends the program, with a code of 0 where all went well. */
  onExit: (code: number) => void;
  /** Takes what the program writes to its terminal without `console`. By default nobody does. */
  onWrite?: ((stream: 'stdout' | 'stderr', text: string) => void) | undefined;
}

/** The folder in which a program runs: its `process.cwd()` and `__dirname`. */
export const programFolder = '/app';

/** Returns when it is, ms since 1970, as `Date.now()` has it: whole ms. */
export function dateNow({ clock, epoch = 0 }: Pick<NodeParts, 'clock' | 'epoch'>): number {
  return Math.floor(epoch + clock.read());
}
