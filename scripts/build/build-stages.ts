/** Tells the stages of a site build from Astro's own output. */

/** What each stage does. */
export const stages = [
  'reading the lessons',
  'bundling what writes the pages',
  'bundling what runs in them',
  'writing the pages',
  'making the search index',
  'compressing',
] as const;

/** The last stage, which is ours, not Astro's. */
export const compressing = stages.length - 1;

/** Follows a build by its output. */
export class BuildStages {
  #bundled = 0;

  /** Returns the stage that a line of output begins, or undefined if it begins none. */
  begunBy(line: string): number | undefined {
    if (line.includes('[build] Building static entrypoints')) return 1;
    if (/\[vite\] .*built in/.test(line)) return ++this.#bundled === 1 ? 2 : undefined;
    if (line.includes('generating static routes')) return 3;
    return line.includes('[starlight:pagefind] Building') ? 4 : undefined;
  }
}

/** Returns the address of the page or file that a line reports as written. */
export function pageWritten(line: string): string | undefined {
  return /[├└]─ (\S+)/.exec(line)?.[1];
}

/** Returns a build's warnings: lines that the user should see even though it succeeded. */
export function warningsIn(output: string): string[] {
  return output.split('\n').filter((line) => /\[WARN\]|Warning:/.test(line));
}
