/**
 * A readable stream of bytes as Node's are, as far as servers use them: it flows once somebody listens for `data`, resumes it or
 * iterates over it, and says `end` when all was read.
 */
import { type Buffer, bufferOf } from './buffer.ts';
import { EventEmitter } from './events.ts';

type Listener = Parameters<EventEmitter['on']>[1];

export class ReadableBytes extends EventEmitter {
  readonly #tick: (callback: () => void) => void;
  #received: Buffer[] = [];
  /** False where somebody paused it; undefined while nobody wants its data. */
  #flows: boolean | undefined;
  #isFlowDue = false;
  #isWhole = false;
  #endEmitted = false;
  #decoder: TextDecoder | undefined;
  destroyed = false;

  constructor(tick: (callback: () => void) => void) {
    super();
    this.#tick = tick;
  }

  /** True until all was read. */
  get readable(): boolean {
    return !this.destroyed && !this.#endEmitted;
  }

  get readableEnded(): boolean {
    return this.#endEmitted;
  }

  get readableFlowing(): boolean | null {
    return this.#flows ?? null;
  }

  override on(event: string | symbol, listener: Listener): this {
    super.on(event, listener);
    if (event === 'data' && this.#flows !== false) this.resume();
    return this;
  }

  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  pause(): this {
    this.#flows = false;
    return this;
  }

  isPaused(): boolean {
    return this.#flows === false;
  }

  resume(): this {
    this.#flows = true;
    if (this.#isFlowDue) return this;
    this.#isFlowDue = true;
    this.#tick(() => {
      this.#isFlowDue = false;
      this.#flow();
    });
    return this;
  }

  /** Makes `data` carry strings. Text is all UTF-8 here. */
  setEncoding(): this {
    this.#decoder = new TextDecoder();
    return this;
  }

  /** Puts bytes back, in front of those that have not been read. */
  unshift(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#received.unshift(bufferOf(bytes));
  }

  /** Yields the data. Leaving the loop early destroys nothing here. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer | string, void> {
    const chunks: (Buffer | string)[] = [];
    let hasEnded = this.#endEmitted || this.destroyed;
    let failure: Error | undefined;
    let wake = (): void => undefined;
    this.on('data', (chunk: Buffer | string) => {
      chunks.push(chunk);
      wake();
    });
    for (const event of ['end', 'close', 'error']) {
      this.once(event, (error: unknown) => {
        if (error instanceof Error) failure = error;
        hasEnded = true;
        wake();
      });
    }
    for (;;) {
      const chunk = chunks.shift();
      if (chunk !== undefined) yield chunk;
      else if (failure) throw failure;
      else if (hasEnded) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  /** Adds bytes that have come. */
  protected push(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#received.push(bufferOf(bytes));
    this.#flow();
  }

  /** Says that no bytes come any more. */
  protected pushEnd(): void {
    this.#isWhole = true;
    this.#flow();
  }

  /** Stops the flow until somebody wants the data anew, and returns what nobody has read. */
  protected takeBack(): Buffer[] {
    this.#flows = undefined;
    const received = this.#received;
    this.#received = [];
    return received;
  }

  /** Called after `end`. */
  protected ended(): void {}

  /** Hands on what has come, and after it the end. */
  #flow(): void {
    while (this.#flows && !this.destroyed) {
      const chunk = this.#received.shift();
      if (!chunk) break;
      this.emit('data', this.#decoder ? this.#decoder.decode(chunk, { stream: true }) : chunk);
    }
    if (!this.#flows || !this.#isWhole || this.#endEmitted || this.#received.length > 0 || this.destroyed) return;
    this.#endEmitted = true;
    this.#tick(() => {
      if (this.destroyed) return;
      this.emit('end');
      this.ended();
    });
  }
}
