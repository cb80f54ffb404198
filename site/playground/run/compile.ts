/** Turns a file of the editor into a program that a Worker can run. */
import { loadPart } from '../load-part.ts';
import type { Compiled } from './program.ts';

/** A file of a playground. */
export interface SourceFile {
  name: string;
  /** TypeScript, as it stands in the lesson. */
  text: string;
  /**
   * JavaScript of `text`, made when the site was built, with the same lines and columns, so that Run on unedited code waits for
   * no compiler. Undefined if the text contains no types and is JavaScript already.
   */
  javascript: string | undefined;
}

/** Compiles `text`. Fetches the type stripper only if the text differs from the lesson's. */
export async function compile(file: SourceFile, text: string): Promise<Compiled> {
  if (text === file.text) return { file: file.name, code: file.javascript ?? file.text };
  const stripped = await loadPart(
    'The compiler for changed code',
    async () => (await import('../../editor/type-stripper.ts')).stripTypesBeside(text),
    'The compiler for changed code did not load: the server does not answer. When it is back, press Run again.',
  );
  if ('code' in stripped) return { file: file.name, code: stripped.code };
  const { message, line, column } = stripped;
  const place = { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
  return {
    file: file.name,
    error: { type: 'error', kind: 'syntax', time: Date.now(), name: 'SyntaxError', message, ...place },
  };
}
