/** The parts of a build of the site, as Astro's own lines tell of them. */

/** What is done in each. */
export const stages = [
  'reading the lessons',
  'bundling what writes the pages',
  'bundling what runs in them',
  'writing the pages',
  'making the search index',
  'compressing',
] as const;

/** The last stage, which is ours. */
export const compressing = stages.length - 1;

/** Follows a build by its output. */
export class BuildStages {
  #bundled = 0;

  /** The stage that a line of the output begins; undefined where it begins none. */
  begunBy(line: string): number | undefined {
    if (line.includes('[build] Building static entrypoints')) return 1;
    if (/\[vite\] .*built in/.test(line)) return ++this.#bundled === 1 ? 2 : undefined;
    if (line.includes('generating static routes')) return 3;
    return line.includes('[starlight:pagefind] Building') ? 4 : undefined;
  }
}

/** The address of a page or file that a line says was written. */
export function pageWritten(line: string): string | undefined {
  return /[├└]─ (\S+)/.exec(line)?.[1];
}

/** What a build warns of: lines that whoever builds should see though it went well. */
export function warningsIn(output: string): string[] {
  return output.split('\n').filter((line) => /\[WARN\]|Warning:/.test(line));
}
