/** A Worker of the frame's, with an eye on it: what fails in it before a program runs is a fault of ours, and the page hears of it. */
import { tellPage } from './faults.ts';
import { type FindSyntaxError, findSyntaxError } from './syntax-error.ts';

/** Worker to frame. */
export type FromWorker =
  /** Everything is in place and the program begins: what is thrown from now on is the program's. */
  { type: 'set-up' } | FindSyntaxError;

export class WatchedWorker {
  readonly #worker: Worker;
  #isSetUp = false;
  /** What it runs, until it has asked for the place of a syntax error. */
  #code: string | undefined;

  /** `url` is that of our script. */
  constructor(url: string) {
    const worker = (this.#worker = new Worker(url));
    worker.onerror = (event) => {
      event.preventDefault();
      if (!this.#isSetUp) tellPage(event.message ? event.message : 'its Worker did not start');
    };
    worker.addEventListener('messageerror', () => tellPage('a message of its Worker could not be read'));
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'set-up') this.#isSetUp = true;
      else if (this.#code !== undefined) {
        findSyntaxError(this.#code, data.isFunctionBody, (found) => worker.postMessage(found));
        this.#code = undefined;
      }
    };
  }

  /** Posts what it is to do, with the ports that it needs. `code` is the program that it runs, if it runs one. */
  post(message: object, ports: MessagePort[], code?: string): void {
    this.#code = code;
    this.#worker.postMessage(message, ports);
  }

  terminate(): void {
    this.#worker.terminate();
  }
}
