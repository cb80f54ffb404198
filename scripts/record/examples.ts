/** Reads the lessons' examples below `content/`, for the tests that run them. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Varies } from '../../protocol/messages/exercise.ts';
import { readTrace, type Trace } from '../../protocol/trace/trace.ts';
import { root } from '../root.ts';
import { pagesOf, siteFolder } from '../build/site-build.ts';
import { needsLive } from '../../site/playground/networks/needs-live.ts';

/** A wrong attempt at an exercise: a program, and the check's verdict on it. */
export interface WrongAttempt {
  /** Such as `wrong-one-way-only.ts`. */
  file: string;
  text: string;
  /** Parts of the verdict, in order; anything may stand between them. */
  verdict: string[];
}

const pathOf = (example: string, file: string): string => join(root, 'content', example, file);

/** Returns the folders below `content/` with a program, such as `1-4-full-duplex/crossing`. */
export function examples(): string[] {
  const programs = globSync('content/**/client.ts', { cwd: root });
  return programs.map((file) => dirname(file).slice('content/'.length).replaceAll('\\', '/')).sort();
}

/** Returns true for an example with a check. */
export function isExercise(example: string): boolean {
  return existsSync(pathOf(example, 'check.ts'));
}

/** Returns the wrong attempts at an exercise. Throws for one that does not state its verdict on its first line. */
export function wrongAttempts(example: string): WrongAttempt[] {
  return globSync('wrong-*.ts', { cwd: join(root, 'content', example) }).map((file) => {
    const text = readFileSync(pathOf(example, file), 'utf8');
    const words = /^\/\/ Verdict: (.+)$/m.exec(text.split('\n', 1)[0] ?? '')?.[1];
    if (!words) throw new Error(`${example}/${file}: its first line must be "// Verdict: …", with words of the check's answer`);
    return { file: basename(file), text, verdict: words.split('…').map((part) => part.trim()) };
  });
}

/** Returns the recorded trace, or undefined if there is none. */
export function recordedTrace(example: string): Trace | undefined {
  const file = pathOf(example, 'trace.json');
  return existsSync(file) ? readTrace(readFileSync(file, 'utf8')) : undefined;
}

/** Returns what the example itself says differs from run to run. */
export async function variesOf(example: string): Promise<Varies> {
  const file = pathOf(example, 'varies.ts');
  if (!existsSync(file)) return {};
  return ((await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default: Varies }).default;
}

/** Returns, for each example, the path of the first page of the built site that shows it. */
export function pagesOfExamples(): Map<string, string> {
  const pages = new Map<string, string>();
  for (const page of pagesOf()) {
    const html = readFileSync(join(siteFolder, page, 'index.html'), 'utf8');
    for (const [, example = ''] of html.matchAll(/ data-example="([^"]+)"/g)) if (!pages.has(example)) pages.set(example, page);
  }
  return pages;
}

/** Exercises that only the live sandbox can judge; all others are judged on the network in the page too, which takes no time. */
const judgedLive: ReadonlySet<string> = new Set([
  ...Object.keys(needsLive),
  // An empty poll there has fewer bytes of header than a browser's, so the number that solves it is another.
  '2-2-short-polling/under-300-ms',
  // Its page sets no link.
  '2-6-five-ways/cheaper',
]);

/** Returns true for an exercise that the network in the page judges. */
export const isJudgedInPage = (example: string): boolean => isExercise(example) && !judgedLive.has(example);

/** Returns true for an attempt that a single run shows to be wrong, and not only one of many seeds. */
export const isShownByOneRun = ({ verdict }: WrongAttempt): boolean => !verdict.some((part) => /^With seed \d/.test(part));
