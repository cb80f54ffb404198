/** From a file of the editor to a program that a Worker can run. */
import { loadPart } from '../load-part.ts';
import type { Compiled } from '../playground-model.ts';

/** A file of a playground. */
export interface SourceFile {
  name: string;
  /** TypeScript, as the lesson has it. */
  text: string;
  /**
   * JavaScript of `text`, made when the site was built, lines and columns kept: Run on unedited code waits for no
   * compiler. Undefined where the text has no types in it and is JavaScript as it stands.
   */
  javascript: string | undefined;
}

/** The program in `text`. Only where it is not the lesson's own is the stripper of types fetched. */
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
