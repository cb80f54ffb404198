/** What the light editor and Monaco have in common: the one interface that the rest of the editor works with. */

import type { EditHistory } from './edit-history.ts';

/** A place in a file that is wrong; both count from 1. */
export interface CodeError {
  line?: number | undefined;
  column?: number | undefined;
  message: string;
}

/** An editor of several files, of which it shows one. */
export interface Editor {
  /** The text of a file that was opened. */
  value(file: string): string;
  /** Replaces the text, as an edit that can be undone; calls `onChange` like any other. */
  setValue(file: string, text: string): void;
  /** Opens the file where it was not, and shows it with the caret and scroll position that it had. */
  show(file: string): void;
  focus(): void;
  /** Marks the place in the file that is shown; nothing takes the mark away. So does an edit. */
  showError(error: CodeError | undefined): void;
  /** Measures the space again. */
  layout(): void;
  dispose(): void;
}

/** What an editor is given. */
export interface EditorOptions {
  /** The edit histories of all files, which outlive the editor. */
  histories: Histories;
  onChange(file: string, text: string): void;
}

/** Edit histories by file name. */
export type Histories = ReadonlyMap<string, EditHistory>;
