/**
 * The undo history of a file in the light editor. We keep it instead of the browser so that Monaco can take it over, edits made
 * by buttons are part of it, and it survives a change of tabs.
 */

/** A selection, or a caret if both are equal. Offsets in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** A state of the text. `before` and `after` are the selections around the edit that led to it. */
export interface Step {
  text: string;
  before: Span;
  after: Span;
}

/** The cause of an edit: edits of one kind in quick succession are undone together. */
export type EditKind = 'typing' | 'deleting' | 'other';

/** A pause in typing longer than this begins a new step, ms. */
const pause = 500;
const mostSteps = 500;
/** The most characters that all steps of a file hold together: a long text keeps fewer steps. */
const mostCharacters = 16_000_000;
const none: Span = { start: 0, end: 0 };

/** A file's text and the steps that led to it. */
export class EditHistory {
  /** Starts with the first text; steps after `index` were undone and can be redone. */
  readonly steps: Step[];
  index = 0;
  #lastKind: EditKind = 'other';
  #lastTime = -Infinity;

  constructor(text: string) {
    this.steps = [{ text: withLineFeeds(text), before: none, after: none }];
  }

  get current(): Step {
    return this.steps[this.index] as Step;
  }

  get text(): string {
    return this.current.text;
  }

  /** Records an edit that happened at `time` (ms, of any clock). */
  record(text: string, before: Span, after: Span, kind: EditKind, time: number): void {
    const { current } = this;
    if (text === current.text) return;
    const joins =
      kind !== 'other' &&
      kind === this.#lastKind &&
      this.index > 0 &&
      this.index === this.steps.length - 1 &&
      time - this.#lastTime < pause &&
      before.start === current.after.start &&
      before.end === current.after.end;
    this.#lastKind = kind;
    this.#lastTime = time;
    if (joins) {
      this.steps[this.index] = { text, before: current.before, after };
      return;
    }
    this.steps.splice(this.index + 1, Infinity, { text, before, after });
    this.#forgetOldest();
    this.index = this.steps.length - 1;
  }

  #forgetOldest(): void {
    let characters = this.steps.reduce((sum, { text }) => sum + text.length, 0);
    while (this.steps.length > mostSteps || (characters > mostCharacters && this.steps.length > 2)) {
      characters -= (this.steps.shift() as Step).text.length;
    }
  }

  /** Goes back by one step. Returns the text and selection to show, or undefined at the beginning. */
  undo(): { text: string; selection: Span } | undefined {
    if (this.index === 0) return undefined;
    const { before } = this.current;
    this.index--;
    this.#lastKind = 'other';
    return { text: this.text, selection: before };
  }

  /** Goes forward again. */
  redo(): { text: string; selection: Span } | undefined {
    if (this.index === this.steps.length - 1) return undefined;
    this.index++;
    this.#lastKind = 'other';
    return { text: this.text, selection: this.current.after };
  }
}

/** Returns the text with only line feeds between its lines, as a textarea and Monaco have it. */
export const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

/** Returns the one replacement that turns `from` into `to`, as small as possible without splitting a character. */
export function difference(from: string, to: string): { start: number; end: number; inserted: string } {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start++;
  let tail = 0;
  while (tail < most - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;
  const isLow = (text: string, at: number): boolean => /[\uDC00-\uDFFF]/.test(text[at] ?? '');
  if (isLow(from, start) || isLow(to, start)) start = Math.max(0, start - 1);
  if (tail > 0 && isLow(from, from.length - tail)) tail--;
  return { start, end: from.length - tail, inserted: to.slice(start, to.length - tail) };
}
