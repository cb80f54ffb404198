/**
 * Shows the light editor, then Monaco in its place once that has loaded. Keeps what outlives the switch: the histories, what the
 * page was told about each file, and the mark of an error.
 */
import { EditHistory, withLineFeeds } from './edit-history.ts';
import type { CodeError, Editor } from './editor.ts';
import { LightEditor } from './light-editor.ts';
import type { MonacoEditor } from './monaco/monaco-editor.ts';

/** Options of the switch. */
export interface EditorSwitchOptions {
  /** The element around everything; Monaco goes inside it. */
  host: HTMLElement;
  textarea: HTMLTextAreaElement;
  histories: Map<string, EditHistory>;
  /** Receives the text of the file shown. */
  onShown(text: string): void;
  onChange(file: string, text: string): void;
  /** Receives the error to mark in the code beneath the light editor. */
  onError(error: CodeError | undefined): void;
}

/** Matches where Monaco is useful: not on touch screens, whose keyboards it does not suit, nor without enough room for it. */
const suitsMonaco = '(pointer: fine) and (min-width: 40rem)';

/** How long typing must pause before a step of Monaco's start, ms: each step takes the page some 100 ms. */
const quietFor = 250;

/** See the file's head. */
export class EditorSwitch {
  readonly #options: EditorSwitchOptions;
  readonly #given = new Map<string, string>();
  readonly #told = new Map<string, Set<string>>();
  readonly #light: LightEditor;
  #editor: Editor;
  #file = '';
  #error: CodeError | undefined;
  #isDisposed = false;
  /** True while something is going on, such as a run, that starting Monaco would disturb. */
  isHeld = false;

  constructor(options: EditorSwitchOptions) {
    this.#options = options;
    const { textarea, histories, onError } = options;
    this.#light = new LightEditor({ textarea, histories, onChange: this.#changed, onError });
    this.#editor = this.#light;
    for (const [file, { text }] of histories) this.#given.set(file, text);
    const wanted = (): void => {
      if (!matchMedia(suitsMonaco).matches) return;
      textarea.removeEventListener('focus', wanted);
      void this.#bringMonaco();
    };
    textarea.addEventListener('focus', wanted);
    if (document.activeElement === textarea) wanted();
  }

  show(file: string): void {
    this.#file = file;
    this.#editor.show(file);
    this.#options.onShown(this.#editor.value(file));
  }

  /** Takes a text from outside. A text that we reported and the page merely repeats does not count, even if it comes late. */
  receive(file: string, text: string): void {
    const { histories } = this.#options;
    const lines = withLineFeeds(text);
    const told = this.#told.get(file);
    const isNew = this.#given.get(file) !== text;
    this.#given.set(file, text);
    if (!histories.has(file)) histories.set(file, new EditHistory(text));
    else if (this.#editor.value(file) === lines) told?.clear();
    else if (isNew && !told?.has(lines)) this.#editor.setValue(file, lines);
  }

  showError(error: CodeError | undefined): void {
    this.#error = error;
    this.#editor.showError(error);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#editor.dispose();
  }

  readonly #changed = (file: string, text: string): void => {
    const told = this.#told.get(file) ?? new Set();
    this.#told.set(file, told.add(text));
    if (file === this.#file) {
      this.#options.onShown(text);
      if (this.#error) this.showError(undefined);
    }
    this.#options.onChange(file, text);
  };

  async #bringMonaco(): Promise<void> {
    const { host, textarea, histories } = this.#options;
    let monaco: MonacoEditor | undefined;
    try {
      await this.#quiet();
      const { createMonacoEditor } = await import('./monaco/monaco-editor.ts');
      await this.#quiet();
      if (this.#isDisposed) return;
      monaco = await createMonacoEditor({ host, histories, onChange: this.#changed });
      await this.#quiet();
      if (this.#isDisposed) return monaco.dispose();
      // The rest is one task: no key can come in between.
      monaco.takeOver(this.#file, this.#light.selection, textarea);
      this.#light.dispose();
      this.#editor = monaco;
      monaco.showError(this.#error);
    } catch (problem) {
      // The light editor stays in place.
      monaco?.dispose();
      console.warn('The full editor could not be loaded:', problem);
    }
  }

  /** Resolves when the reader is in the editor and pauses: no key, no half-composed character, no mouse selection, no run. */
  async #quiet(): Promise<void> {
    const { textarea } = this.#options;
    const light = this.#light;
    while (!this.#isDisposed) {
      if (document.activeElement !== textarea) {
        await new Promise((resolve) => textarea.addEventListener('focus', resolve, { once: true }));
      } else if (this.isHeld || light.isComposing || textarea.matches(':active') || light.sinceLastKey < quietFor) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      } else return;
    }
  }
}
