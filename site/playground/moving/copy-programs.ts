import { loadPart } from '../load-part.ts';
import type { CompiledFiles } from '../run/program.ts';

export interface Copied {
  /** The files in the text. */
  names: readonly string[];
  /** The text, if the clipboard did not take it. */
  byHand: string | undefined;
}

/** Compiles programs and puts them on the clipboard. Rejects with a sentence for the reader if that is not possible. */
export async function copyPrograms(compile: () => Promise<CompiledFiles>): Promise<Copied> {
  const programs = programsAsText(compile);
  // WebKit takes what comes later only if it was promised while the click was handled.
  const isWritten = write(programs.then(({ text }) => new Blob([text], { type: 'text/plain' }))).then(
    () => true,
    () => false,
  );
  const { text, names } = await programs;
  return { names, byHand: (await isWritten) ? undefined : text };
}

/** Rejects where there is no clipboard, as on pages served over plain http to a classroom. */
const write = async (text: Promise<Blob>): Promise<void> => {
  // Also awaited where there is nothing to write it to: nobody else hears of its failure.
  text.catch(() => undefined);
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
};

async function programsAsText(compile: () => Promise<CompiledFiles>): Promise<{ text: string; names: string[] }> {
  const part = loadPart(
    'The part that copies programs',
    () => import('./programs-as-text.ts'),
    'The part that copies programs did not load: the server does not answer. When it is back, try again.',
  );
  const [{ programsAsText: make }, compiled] = await Promise.all([part, compile()]);
  return make(compiled, location.origin);
}
