/** TypeScript to JavaScript in the page, for code that the reader has edited. The compiler is fetched when it is first needed. */
import type { CodeError } from './editor.ts';

/** The JavaScript, or why there is none. */
export type Stripped = { code: string } | (CodeError & { line: number; column: number });

/** Removes types; every statement stays on its line. Rejects only where the compiler cannot be fetched. */
export async function stripTypes(source: string): Promise<Stripped> {
  const { transform } = await import('sucrase');
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
function syntaxError(problem: unknown, source: string): CodeError & { line: number; column: number } {
  const { message, loc } = problem as Partial<Error & { loc: { line: number; column: number } }>;
  const end = source.split('\n');
  const { line, column } = loc ?? { line: end.length, column: (end.at(-1) ?? '').length + 1 };
  const text = String(message ?? problem)
    .replace(/^Error transforming [^:]*: /, '')
    .replace(/ ?\(\d+:\d+\)$/, '');
  return { message: text, line, column };
}
