/**
 * Turns the reader's edited TypeScript into JavaScript. May take for ever, so the page runs it in a Worker (`type-stripper.ts`).
 */
import { transform } from 'sucrase';
import type { CodeError } from './editor.ts';
import { type Stripped, tooDeep } from './stripped.ts';

/** Removes types; every statement stays on its line. */
export function stripTypes(source: string): Stripped {
  try {
    const { code } = transform(source, {
      transforms: ['typescript'],
      disableESTransforms: true,
      preserveDynamicImport: true,
      keepUnusedImports: false,
      production: true,
    });
    return { code };
  } catch (problem) {
    return syntaxError(problem, source);
  }
}

/** Returns a Sucrase error with its place. The message repeats that place, so it is removed there. */
function syntaxError(problem: unknown, source: string): CodeError {
  // The stack has overflowed: an engine's own words for that mean nothing to the program's author.
  if (problem instanceof RangeError || (problem as Error).name === 'InternalError') return { message: tooDeep };
  const { message, loc } = problem as Partial<Error & { loc: { line: number; column: number } }>;
  const end = source.split('\n');
  const { line, column } = loc ?? { line: end.length, column: (end.at(-1) ?? '').length + 1 };
  const text = String(message ?? problem)
    .replace(/^Error transforming [^:]*: /, '')
    .replace(/ ?\(\d+:\d+\)$/, '');
  return { message: text, line, column };
}
