/** Says how far a long piece of work is: in one line that is written over where somebody watches, else in a line for each part. */
import { duration } from '../test/test-summary.ts';

/** Where it is said. */
export interface Output {
  isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** To the beginning of the line, which is emptied. */
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

  /** @param what such as `Building the site` @param parts what it consists of, in order */
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
    // The seconds go on, so that nobody takes it for stuck.
    if (output.isTTY) this.#timer = setInterval(() => this.#draw(), 1000).unref();
  }

  /** Says that a part has begun. One that is over by then is not said again. */
  begin(part: number): void {
    if (part <= this.#part) return;
    this.#part = part;
    this.#detail = '';
    if (this.#output.isTTY) this.#draw();
    else this.#output.write(`${this.#line()}\n`);
  }

  /** Says how far the part is, such as `120 of 400`, where somebody watches. */
  detail(text: string): void {
    this.#detail = text;
    if (this.#output.isTTY) this.#draw();
  }

  /** Ends the line. `words` come in its place, and how long it took. */
  end(words: string): void {
    clearInterval(this.#timer);
    const took = duration(this.#now() - this.#began);
    this.#output.write(`${this.#output.isTTY ? anew : ''}${words} in ${took}.\n`);
  }

  /** Takes the line away, for what has failed. */
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
