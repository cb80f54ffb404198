/** How far the body of an XMLHttpRequest is: its attribute `upload` (XHR §3.5.6). */
import type { ProgramClock } from '../../program/program-clock.ts';
import { defineHandlers, progressEvent, ProgressTarget } from './progress-target.ts';

class XMLHttpRequestUpload extends ProgressTarget {}
defineHandlers(XMLHttpRequestUpload.prototype);

export class Upload {
  readonly target = new XMLHttpRequestUpload();
  readonly #clock: ProgramClock;
  /** Bytes that are under way; 0 for none. */
  #bytes = 0;
  #timer: number | undefined;

  constructor(clock: ProgramClock) {
    this.#clock = clock;
  }

  /** The body goes out. The network takes all bytes at once; the program hears of it in a later task. */
  begin(bytes: number): void {
    if (bytes === 0) return;
    this.#bytes = bytes;
    this.#tell(bytes, 'loadstart');
    this.#timer = this.#clock.set(() => this.end(), 0, false);
  }

  end(): void {
    const bytes = this.#stop();
    if (bytes > 0) this.#tell(bytes, 'progress', 'load', 'loadend');
  }

  fail(type: 'abort' | 'error' | 'timeout'): void {
    if (this.#stop() > 0) this.#tell(0, type, 'loadend');
  }

  #stop(): number {
    const bytes = this.#bytes;
    this.#bytes = 0;
    this.#clock.clear(this.#timer);
    return bytes;
  }

  #tell(total: number, ...types: string[]): void {
    for (const type of types) this.target.dispatchEvent(progressEvent(type, type === 'loadstart' ? 0 : total, total));
  }
}
