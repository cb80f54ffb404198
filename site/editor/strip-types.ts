/** TypeScript to JavaScript, for code that the reader has edited. May take for ever: the page has it done in a Worker (`type-stripper.ts`). */
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

/** Sucrase's errors carry their place; its message repeats it, and that is taken off. */
function syntaxError(problem: unknown, source: string): CodeError {
  // The stack has overflown: an engine's own words for that say nothing to whoever wrote the program.
  if (problem instanceof RangeError || (problem as Error).name === 'InternalError') return { message: tooDeep };
  const { message, loc } = problem as Partial<Error & { loc: { line: number; column: number } }>;
  const end = source.split('\n');
  const { line, column } = loc ?? { line: end.length, column: (end.at(-1) ?? '').length + 1 };
  const text = String(message ?? problem)
    .replace(/^Error transforming [^:]*: /, '')
    .replace(/ ?\(\d+:\d+\)$/, '');
  return { message: text, line, column };
}
