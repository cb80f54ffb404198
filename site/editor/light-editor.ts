/**
 * The editor that takes keys at once: a textarea laid over the highlighted code, with its own text transparent. It is enough by
 * itself, and hands over to Monaco if that loads.
 */
import { difference, type EditHistory, type EditKind, type Span } from './edit-history.ts';
import type { CodeError, Editor, EditorOptions } from './editor.ts';
import { indent, newLine, outdent, type Edited } from './indent.ts';

/** Options of a light editor. */
export interface LightEditorOptions extends EditorOptions {
  textarea: HTMLTextAreaElement;
  onError(error: CodeError | undefined): void;
}

const kinds: Record<string, EditKind> = {
  insertText: 'typing',
  insertCompositionText: 'typing',
  deleteContentBackward: 'deleting',
  deleteContentForward: 'deleting',
};

/** An `Editor` in a textarea. */
export class LightEditor implements Editor {
  /** True while a character is being composed of several keys. */
  isComposing = false;
  readonly #options: LightEditorOptions;
  readonly #textarea: HTMLTextAreaElement;
  readonly #listening = new AbortController();
  #file = '';
  #before: Span = { start: 0, end: 0 };
  #kind: EditKind = 'other';
  #isTabFree = false;
  #lastKeyAt = 0;

  constructor(options: LightEditorOptions) {
    this.#options = options;
    this.#textarea = options.textarea;
    const { signal } = this.#listening;
    this.#textarea.addEventListener('beforeinput', (event) => this.#beforeInput(event), { signal });
    this.#textarea.addEventListener('input', () => this.#input(), { signal });
    this.#textarea.addEventListener('keydown', (event) => this.#keyDown(event), { signal });
    for (const type of ['keydown', 'input', 'focus', 'pointerdown']) {
      this.#textarea.addEventListener(type, () => (this.#lastKeyAt = performance.now()), { signal });
    }
    this.#textarea.addEventListener('compositionstart', () => (this.isComposing = true), { signal });
    this.#textarea.addEventListener('compositionend', () => (this.isComposing = false), { signal });
    this.#textarea.addEventListener('blur', () => (this.#isTabFree = false), { signal });
  }

  /** The selection, for the editor that takes over. */
  get selection(): Span & { isBackward: boolean } {
    const { selectionStart: start, selectionEnd: end, selectionDirection } = this.#textarea;
    return { start, end, isBackward: selectionDirection === 'backward' };
  }

  /** How long the reader has been idle here, ms. */
  get sinceLastKey(): number {
    return performance.now() - this.#lastKeyAt;
  }

  value(file: string): string {
    return this.#history(file).text;
  }

  setValue(file: string, text: string): void {
    const history = this.#history(file);
    const { start, inserted } = difference(history.text, text);
    const caret = { start: start + inserted.length, end: start + inserted.length };
    history.record(text, file === this.#file ? this.selection : history.current.after, caret, 'other', performance.now());
    if (file === this.#file) this.#put({ text, ...caret });
    this.#options.onChange(file, text);
  }

  show(file: string): void {
    this.#file = file;
    const { text, after } = this.#history(file).current;
    this.#put({ text, ...after });
  }

  focus(): void {
    this.#textarea.focus({ preventScroll: true });
  }

  showError(error: CodeError | undefined): void {
    this.#options.onError(error);
  }

  layout(): void {
    // The textarea sits exactly over the code: there is nothing to measure.
  }

  dispose(): void {
    this.#listening.abort();
  }

  #history(file: string): EditHistory {
    const history = this.#options.histories.get(file);
    if (!history) throw new Error(`Cannot edit ${file}: the editor has no such file`);
    return history;
  }

  #beforeInput(event: InputEvent): void {
    if (event.inputType === 'historyUndo' || event.inputType === 'historyRedo') {
      event.preventDefault();
      return this.#travel(event.inputType === 'historyUndo');
    }
    if (event.inputType === 'insertLineBreak') {
      event.preventDefault();
      return this.#edit(newLine);
    }
    this.#before = this.selection;
    this.#kind = kinds[event.inputType] ?? 'other';
  }

  #input(): void {
    this.#record(this.#before, this.#kind);
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    if (isCommand && (key === 'z' || (key === 'y' && !event.metaKey))) {
      event.preventDefault();
      return this.#travel(key === 'z' && !event.shiftKey);
    }
    if (event.key === 'Tab' && !isCommand && !event.altKey && !this.#isTabFree) {
      event.preventDefault();
      return this.#edit(event.shiftKey ? outdent : indent);
    }
    // After Escape the next Tab moves on, so that nobody is trapped here; Shift alone does not undo that.
    if (event.key !== 'Shift' && event.key !== 'Tab') this.#isTabFree = event.key === 'Escape';
  }

  #edit(change: (edited: Edited) => Edited): void {
    const before = this.selection;
    this.#put(change({ text: this.#textarea.value, start: before.start, end: before.end }));
    this.#record(before, 'other');
  }

  #record(before: Span, kind: EditKind): void {
    const text = this.#textarea.value;
    this.#history(this.#file).record(text, before, this.selection, kind, performance.now());
    this.#options.onChange(this.#file, text);
  }

  #travel(isBack: boolean): void {
    const history = this.#history(this.#file);
    const state = isBack ? history.undo() : history.redo();
    if (!state) return;
    this.#put({ text: state.text, ...state.selection });
    this.#options.onChange(this.#file, state.text);
  }

  #put({ text, start, end }: Edited): void {
    // Set the value only if it differs: setting it moves the caret to the end, and scrolls.
    if (this.#textarea.value !== text) this.#textarea.value = text;
    this.#textarea.setSelectionRange(start, end);
  }
}
