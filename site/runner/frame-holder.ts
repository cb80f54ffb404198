/** Keeps one sandboxed frame: makes it when it is needed, and another one when it has failed or been thrown away. */
import { makeSandboxFrame, type SandboxFrame } from './sandbox-frame.ts';

export class FrameHolder {
  readonly #address: string;
  readonly #onFault: (text: string) => void;
  #current: SandboxFrame | undefined;

  /** `onFault` is called for each error in the frame's own script. */
  constructor(address: string, onFault: (text: string) => void) {
    this.#address = address;
    this.#onFault = onFault;
  }

  /** Returns the current frame, or a new one. A frame that does not load is discarded, so that the next call tries again. */
  get(): SandboxFrame {
    if (this.#current) return this.#current;
    const made = (this.#current = makeSandboxFrame(this.#address, this.#onFault));
    made.ready.catch(() => {
      if (this.#current === made) this.discard();
    });
    return made;
  }

  /** Throws the frame away, and everything that runs in it. */
  discard(): void {
    this.#current?.remove();
    this.#current = undefined;
  }
}

/** Returns what to say when the runner itself has failed, not the program. */
export const faultWords = (text: string): string =>
  `The runner of this page failed, and the program was not run: ${text}. Press Run again; if that does not help, reload the page.`;
