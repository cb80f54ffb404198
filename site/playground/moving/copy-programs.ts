import { loadPart } from '../load-part.ts';
import type { CompiledFiles } from '../run/program.ts';
import { copyText } from '../share-address.ts';

export interface Copied {
  /** The files in the text. */
  names: readonly string[];
  /** The text, if the clipboard did not take it. */
  byHand: string | undefined;
}

/** Compiles programs and puts them on the clipboard. Rejects with a sentence for the reader if that is not possible. */
export async function copyPrograms(compile: () => Promise<CompiledFiles>): Promise<Copied> {
  const { text, names } = await programsAsText(compile);
  return { names, byHand: (await copyText(text)) ? undefined : text };
}

async function programsAsText(compile: () => Promise<CompiledFiles>): Promise<{ text: string; names: string[] }> {
  const part = loadPart(
    'The part that copies programs',
    () => import('./programs-as-text.ts'),
    'The part that copies programs did not load: the server does not answer. When it is back, try again.',
  );
  const [{ programsAsText: make }, compiled] = await Promise.all([part, compile()]);
  return make(compiled, location.origin);
}
