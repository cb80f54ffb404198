/** Recognises what the reader pasted, and keeps the offer to move a server. */
import { type Signal, signal } from '@preact/signals';
import type { ConsoleLog } from '../console-log.ts';
import type { SourceFile } from '../run/compile.ts';
import type { Remark } from '../run/program.ts';
import type * as lazyParts from './lazy-moving.ts';
import type { MoveOffer } from './remarks.ts';

export interface StandingOffer extends MoveOffer {
  parts: typeof lazyParts;
}

/** The files of a playground, and how to read them. */
export interface EditedFiles {
  program: SourceFile;
  server: SourceFile | undefined;
  textOf(file: SourceFile): string;
}

export class PastedCode {
  readonly offer: Signal<StandingOffer | undefined> = signal(undefined);
  readonly files: EditedFiles;
  #looks = 0;
  #isPaste = false;

  constructor(files: EditedFiles) {
    this.files = files;
  }

  /** Returns what there is to say about the files before they run; `client` is the one that would. Never rejects. */
  async look(client = this.files.program): Promise<readonly Remark[]> {
    const { server, textOf } = this.files;
    // A lesson's own text is what it should be.
    const changed = (file: SourceFile | undefined) => (file && textOf(file) !== file.text ? textOf(file) : undefined);
    const texts = { client: changed(client), server: changed(server), hasServerFile: server !== undefined };
    if (texts.client === undefined && texts.server === undefined) {
      this.forget();
      return [];
    }
    const look = ++this.#looks;
    try {
      const parts = await import('./lazy-moving.ts');
      const { remarks, offer } = parts.recognition(texts);
      if (look === this.#looks) this.offer.value = offer && { ...offer, parts };
      return remarks;
    } catch {
      // Run itself says that parts of the page are missing.
      return [];
    }
  }

  /** The next change to the text comes from the clipboard. */
  expectPaste(): void {
    this.#isPaste = true;
  }

  /** The text has changed. Looks at what was pasted, and looks again as long as an offer stands, which may no longer be right. */
  async changed(log: ConsoleLog): Promise<void> {
    const isPaste = this.#isPaste;
    this.#isPaste = false;
    if (!isPaste && this.offer.peek() === undefined) return;
    const remarks = await this.look();
    if (!isPaste) return;
    // Nothing was run yet, so nothing went wrong.
    for (const { text } of remarks) if (log.latest('note')?.text !== text) log.add('note', text);
  }

  /** Takes the offer back, since another text stands in the editor. */
  forget(): void {
    this.#looks++;
    this.offer.value = undefined;
  }
}
