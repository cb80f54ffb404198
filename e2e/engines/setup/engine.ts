/** The interface to engines that Playwright does not drive: Debian's Firefox and Debian's WebKit. */

/** Names an element as a reader finds it: by role and name. */
export interface Target {
  role:
    'button' | 'textbox' | 'log' | 'region' | 'figure' | 'slider' | 'tab' | 'table' | 'link' | 'radio' | 'checkbox' | 'menuitem';
  name: string;
  /** A selector to search within; without it, the whole page. */
  within?: string | undefined;
}

/** A browser window. Each method rejects with the engine's own error, or with a sentence if nothing is found in time. */
export interface EnginePage {
  /** Loads an address; resolves once its `load` event has fired. */
  open(address: string): Promise<void>;
  /** Runs `ask` in the page and returns its result through JSON. `ask` sees only its arguments, nothing of this module. */
  evaluate<Args extends readonly unknown[], Result>(
    ask: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** Scrolls an element into view and presses on its middle. */
  click(target: Target): Promise<void>;
  /** Types a text into the focused element, key by key. */
  type(text: string): Promise<void>;
  /** Presses one key, named as in `KeyboardEvent.key`, with modifiers held. */
  press(key: string, ...modifiers: ('Control' | 'Shift' | 'Alt')[]): Promise<void>;
  /** Chooses a file in an `<input type="file">`. */
  chooseFile(selector: string, path: string): Promise<void>;
  /** Returns a PNG of the window. */
  screenshot(): Promise<Uint8Array>;
  /** Sets the size of the area that shows the page, CSS pixels. */
  resize(width: number, height: number): Promise<void>;
  /** Returns and clears the errors and warnings that the engine itself has logged, which no script of a page can see. */
  complaints(): string[];
  close(): Promise<void>;
}

/** A running browser. */
export interface Engine {
  readonly name: EngineName;
  newPage(): Promise<EnginePage>;
  close(): Promise<void>;
}

/** The reader's system preferences. */
export interface Likes {
  /** Switches animation off (`prefers-reduced-motion`), which takes far less of the machine. */
  lessMotion?: boolean;
}

export type EngineName = 'firefox' | 'webkit';
