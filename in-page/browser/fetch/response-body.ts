/** The content of a response on its way to the program: what has come and was not read yet, and the stream `body` over it. */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';

/** Where content comes from, one piece after another. */
export interface ContentSource {
  /** Resolves with the next piece; with undefined at the end. Rejects where the rest will not come. */
  next(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The program wants no more of it. */
  cancel(reason: unknown): void;
}

/** Hears what a program reads of the content. */
export interface ReadListener {
  /** Bytes. */
  read(length: number): void;
  ended(): void;
  failed(): void;
}

/** Content as it comes over the network. */
export class ArrivingContent implements ContentSource {
  readonly #pieces: Uint8Array<ArrayBuffer>[] = [];
  readonly #onCancel: () => void;
  #end: { failure: unknown } | 'whole' | undefined;
  #wake = (): void => undefined;

  constructor(onCancel: () => void) {
    this.#onCancel = onCancel;
  }

  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#pieces.push(bytes);
    this.#wake();
  }

  end(): void {
    this.#end ??= 'whole';
    this.#wake();
  }

  /** The rest will not come, and what has come is not to be read any more. */
  fail(failure: unknown): void {
    if (this.#end === 'whole' && this.#pieces.length === 0) return;
    this.#end = { failure };
    this.#wake();
  }

  async next(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    for (;;) {
      if (this.#end && this.#end !== 'whole') throw this.#end.failure;
      const piece = this.#pieces.shift();
      if (piece ?? this.#end) return piece;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  cancel(): void {
    this.#onCancel();
  }
}

/** Firefox and Chromium make streams of bytes, WebKit does not. */
const hasByteStreams = typeof ReadableStreamBYOBReader !== 'undefined';

export class ResponseBody {
  readonly #source: ContentSource;
  readonly #listener: ReadListener | undefined;
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  #isUsed = false;

  constructor(source: ContentSource, listener: ReadListener | undefined) {
    this.#source = source;
    this.#listener = listener;
    const pull = (
      controller: ReadableByteStreamController | ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>,
    ): Promise<void> => this.#pull(controller);
    const cancel = (reason: unknown): void => {
      this.#isUsed = true;
      source.cancel(reason);
    };
    // Nothing is read ahead, so that the trace tells when the program reads.
    this.stream = hasByteStreams
      ? new ReadableStream({ type: 'bytes', pull, cancel })
      : new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
  }

  /** True once somebody has read of it, or cancelled it (`bodyUsed`). */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Reads all of it, and keeps the stream locked, as the methods of a Response do. */
  async whole(): Promise<Uint8Array<ArrayBuffer>> {
    this.stream.getReader();
    this.#isUsed = true;
    const pieces: Uint8Array[] = [];
    try {
      for (let piece = await this.#source.next(); piece; piece = await this.#source.next()) pieces.push(piece);
    } catch (error) {
      this.#listener?.failed();
      throw error;
    }
    const bytes = concatBytes(pieces);
    this.#listener?.read(bytes.length);
    this.#listener?.ended();
    return bytes;
  }

  /** Returns two bodies in its place, as `clone()` needs them. */
  fork(): [ResponseBody, ResponseBody] {
    const [one, other] = this.stream.tee();
    return [new ResponseBody(branch(one), undefined), new ResponseBody(branch(other), undefined)];
  }

  async #pull(
    controller: ReadableByteStreamController | ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>,
  ): Promise<void> {
    this.#isUsed = true;
    try {
      const piece = await this.#source.next();
      if (piece) {
        this.#listener?.read(piece.length);
        controller.enqueue(piece);
        return;
      }
    } catch (error) {
      this.#listener?.failed();
      throw error;
    }
    this.#listener?.ended();
    controller.close();
    if ('byobRequest' in controller) controller.byobRequest?.respond(0);
  }
}

function branch(stream: ReadableStream<Uint8Array<ArrayBuffer>>): ContentSource {
  const reader = stream.getReader();
  return {
    next: async () => (await reader.read()).value,
    cancel: (reason) => void reader.cancel(reason),
  };
}
