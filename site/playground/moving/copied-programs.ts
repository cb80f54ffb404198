/** Copies the programs of a playground for the reader's own machine. */
import { type Signal, signal } from '@preact/signals';
import type { ConsoleLog } from '../console-log.ts';
import { loadPart } from '../load-part.ts';
import type { CompiledFiles } from '../run/program.ts';

export class CopiedPrograms {
  /** The text that the clipboard did not take, for the reader to copy by hand. */
  readonly byHand: Signal<string | undefined> = signal(undefined);

  /** Compiles the programs, puts them on the clipboard as one text, and says so. Must be called while a click is handled. */
  async copy(compile: () => Promise<CompiledFiles>, log: ConsoleLog): Promise<void> {
    this.byHand.value = undefined;
    const programs = programsAsText(compile);
    try {
      const text = programs.then((made) => new Blob([made.text], { type: 'text/plain' }));
      // WebKit takes what comes later only if it was promised during the click.
      const isWritten = await write(text).then(
        () => true,
        () => false,
      );
      const { text: copied, names } = await programs;
      if (isWritten) log.add('note', `On the clipboard, as one text: ${names.join(', ')}. README.md says how to start them.`);
      else {
        this.byHand.value = copied;
        log.add('note', 'The clipboard did not take the programs. Copy them from the box below the console.');
      }
    } catch (problem) {
      log.add('error', (problem as Error).message);
    }
  }
}

/** Rejects where there is no clipboard, as on pages served over plain http to a classroom. */
const write = async (text: Promise<Blob>): Promise<void> =>
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);

async function programsAsText(compile: () => Promise<CompiledFiles>): Promise<{ text: string; names: string[] }> {
  const part = loadPart(
    'The part that copies programs',
    () => import('./programs-as-text.ts'),
    'The part that copies programs did not load: the server does not answer. When it is back, try again.',
  );
  const [{ programsAsText: make }, compiled] = await Promise.all([part, compile()]);
  return make(compiled, location.origin);
}
