/** What a test asks of a browser engine that Playwright does not drive: Debian's Firefox, and Debian's WebKit. */

/** Where something is on the page, as a reader finds it: by role and name. */
export interface Target {
  role:
    'button' | 'textbox' | 'log' | 'region' | 'figure' | 'slider' | 'tab' | 'table' | 'link' | 'radio' | 'checkbox' | 'menuitem';
  name: string;
  /** A selector of what it is within; the whole page where it is absent. */
  within?: string | undefined;
}

/** One window of a browser. Each method rejects with the engine's own error, or with a sentence where nothing is found in time. */
export interface EnginePage {
  /** Loads an address, and resolves when its `load` event has fired. */
  open(address: string): Promise<void>;
  /** Runs `ask` in the page and returns what it gives, through JSON. It sees nothing of this module but its arguments. */
  evaluate<Args extends readonly unknown[], Result>(
    ask: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** Presses on the middle of an element, which is scrolled into view. */
  click(target: Target): Promise<void>;
  /** Types a text into what has the focus, key by key. */
  type(text: string): Promise<void>;
  /** Presses one key, by its name as `KeyboardEvent.key` has it, with modifiers held. */
  press(key: string, ...modifiers: ('Control' | 'Shift' | 'Alt')[]): Promise<void>;
  /** Chooses a file in an `<input type="file">`. */
  chooseFile(selector: string, path: string): Promise<void>;
  /** A picture of the window, PNG. */
  screenshot(): Promise<Uint8Array>;
  /** Sets the size of what shows the page, CSS pixels. */
  resize(width: number, height: number): Promise<void>;
  /** What the engine itself has said of pages so far: errors and warnings that no script of the page can see. Empties the list. */
  complaints(): string[];
  close(): Promise<void>;
}

/** A browser that runs. */
export interface Engine {
  readonly name: EngineName;
  newPage(): Promise<EnginePage>;
  close(): Promise<void>;
}

/** What the reader has asked the system for. */
export interface Likes {
  /** Nothing is animated (`prefers-reduced-motion`): it takes far less of the machine. */
  lessMotion?: boolean;
}

export type EngineName = 'firefox' | 'webkit';
