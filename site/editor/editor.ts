/** The interface that the light editor and Monaco share; the rest of the editor works only with it. */

import type { EditHistory } from './edit-history.ts';

/** An error in a file; `line` and `column` count from 1. */
export interface CodeError {
  line?: number | undefined;
  column?: number | undefined;
  message: string;
}

/** An editor of several files that shows one at a time. */
export interface Editor {
  /** Returns the text of an opened file. */
  value(file: string): string;
  /** Replaces the text as an undoable edit; calls `onChange` like any other. */
  setValue(file: string, text: string): void;
  /** Opens the file if it is not open, and shows it with its previous caret and scroll position. */
  show(file: string): void;
  focus(): void;
  /** Marks the place in the file shown. Passing undefined removes the mark, as does an edit. */
  showError(error: CodeError | undefined): void;
  /** Measures the space again. */
  layout(): void;
  dispose(): void;
}

/** Options of an editor. */
export interface EditorOptions {
  /** The edit histories of all files, which outlive the editor. */
  histories: Histories;
  onChange(file: string, text: string): void;
}

/** Edit histories by file name. */
export type Histories = ReadonlyMap<string, EditHistory>;
