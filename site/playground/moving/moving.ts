/**
 * Recognises what the reader pasted, moves a server to its file, and copies programs. Fetched when changed code is run, something is
 * pasted or the menu is used: lessons that are only read never load it.
 */
import { type Signal, signal } from '@preact/signals';
import type { ConsoleLog } from '../console-log.ts';
import type { SourceFile } from '../run/compile.ts';
import type { CompiledFiles, Remark } from '../run/program.ts';
import { copyPrograms } from './copy-programs.ts';
import { MoveButton } from './MoveButton.tsx';
import { moveServer } from './move-server.ts';
import './moving.css';
import { ProgramsByHand } from './ProgramsByHand.tsx';
import { type MoveOffer, recognition } from './remarks.ts';

/** What the playground lends. */
export interface MovingParts {
  program: SourceFile;
  server: SourceFile | undefined;
  texts: Signal<Record<string, string>>;
  active: Signal<string>;
  log: ConsoleLog;
  /** Focuses the tab of a file. */
  focusTab: (name: string) => void;
}

export class Moving {
  readonly MoveButton = MoveButton;
  readonly ProgramsByHand = ProgramsByHand;
  readonly offer: Signal<MoveOffer | undefined> = signal(undefined);
  /** The text that the clipboard did not take, for the reader to copy by hand. */
  readonly byHand: Signal<string | undefined> = signal(undefined);
  readonly #parts: MovingParts;

  constructor(parts: MovingParts) {
    this.#parts = parts;
  }

  /** Returns what there is to say about the files before they run; `client` is the one that would. */
  look(client = this.#parts.program): readonly Remark[] {
    const { server } = this.#parts;
    // A lesson's own text is what it should be.
    const changed = (file: SourceFile | undefined) => (file && this.#textOf(file) !== file.text ? this.#textOf(file) : undefined);
    const { remarks, offer } = recognition({
      client: changed(client),
      server: changed(server),
      hasServerFile: server !== undefined,
    });
    this.offer.value = offer;
    return remarks;
  }

  /** Something was pasted. Nothing was run yet, so nothing went wrong: no remark is an error. */
  pasted(): void {
    const { log } = this.#parts;
    for (const { text } of this.look()) if (log.latest('note')?.text !== text) log.add('note', text);
  }

  /** The text has changed. An offer that stands may no longer be right. */
  changed(): void {
    if (this.offer.peek() !== undefined) this.look();
  }

  /** Other programs stand in the editor. */
  forget(): void {
    this.offer.value = undefined;
    this.byHand.value = undefined;
  }

  move(): void {
    const { program, server, texts, active, log, focusTab } = this.#parts;
    if (!server) return;
    const own = server.text === '' ? undefined : program.text;
    const moved = moveServer({ client: this.#textOf(program), server: this.#textOf(server) }, own);
    texts.value = { ...texts.peek(), [program.name]: moved.client, [server.name]: moved.server };
    active.value = server.name;
    this.offer.value = undefined;
    log.add('note', moved.words);
    // The button goes, and the focus with it.
    focusTab(server.name);
  }

  /** Puts the programs on the clipboard as one text, and says so. */
  async copy(compile: () => Promise<CompiledFiles>): Promise<void> {
    const { log } = this.#parts;
    this.byHand.value = undefined;
    try {
      const { names, byHand } = await copyPrograms(compile);
      this.byHand.value = byHand;
      if (byHand === undefined)
        log.add('note', `On the clipboard, as one text: ${names.join(', ')}. README.md says how to start them.`);
      else log.add('note', 'The clipboard did not take the programs. Copy them from the box below the console.');
    } catch (problem) {
      log.add('error', (problem as Error).message);
    }
  }

  #textOf({ name }: SourceFile): string {
    return this.#parts.texts.peek()[name] ?? '';
  }
}
