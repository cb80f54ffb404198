/** Shows the progress of long work: on a terminal in one line that it overwrites, elsewhere in a line for each part. */
import { duration } from '../test/test-summary.ts';

/** Where the progress is written. */
export interface Output {
  isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** Moves to the beginning of the line and empties it. */
const anew = '\r\u001B[2K';

export class Progress {
  readonly #what: string;
  readonly #parts: readonly string[];
  readonly #output: Output;
  readonly #now: () => number;
  readonly #began: number;
  #part = -1;
  #detail = '';
  #timer: NodeJS.Timeout | undefined;

  /** @param what such as `Building the site` @param parts the parts of the work, in order */
  constructor(
    what: string,
    parts: readonly string[],
    output: Output = process.stdout,
    now: () => number = () => performance.now(),
  ) {
    this.#what = what;
    this.#parts = parts;
    this.#output = output;
    this.#now = now;
    this.#began = now();
    // Keep the seconds counting, so that nobody thinks it is stuck.
    if (output.isTTY) this.#timer = setInterval(() => this.#draw(), 1000).unref();
  }

  /** Shows that a part has begun. Ignores a part that has already begun. */
  begin(part: number): void {
    if (part <= this.#part) return;
    this.#part = part;
    this.#detail = '';
    if (this.#output.isTTY) this.#draw();
    else this.#output.write(`${this.#line()}\n`);
  }

  /** Shows the progress of the part on a terminal, such as `120 of 400`. */
  detail(text: string): void {
    this.#detail = text;
    if (this.#output.isTTY) this.#draw();
  }

  /** Ends the progress line and writes `words` and the time it took in its place. */
  end(words: string): void {
    clearInterval(this.#timer);
    const took = duration(this.#now() - this.#began);
    this.#output.write(`${this.#output.isTTY ? anew : ''}${words} in ${took}.\n`);
  }

  /** Removes the line after a failure. */
  drop(): void {
    clearInterval(this.#timer);
    if (this.#output.isTTY) this.#output.write(anew);
  }

  #line(): string {
    return `${this.#what}: ${this.#part + 1} of ${this.#parts.length}, ${this.#parts[this.#part] ?? ''}`;
  }

  #draw(): void {
    const seconds = Math.floor((this.#now() - this.#began) / 1000);
    this.#output.write(`${anew}${this.#line()}${this.#detail && ` (${this.#detail})`}… ${seconds} s`);
  }
}
