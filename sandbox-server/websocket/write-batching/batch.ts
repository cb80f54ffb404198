const none = Buffer.alloc(0);

/**
 * Frames in the order in which they were sent. Connections that were sent the same frames get the same batch, so its bytes are
 * joined once, however many connections they are for: a thousand subscribers of a room mostly share one.
 */
export class Batch {
  /** Its length in bytes. */
  readonly size: number;
  readonly #before: Batch | undefined;
  readonly #frame: Buffer;
  #next: Batch | undefined;
  #bytes: Buffer | undefined;

  constructor(before?: Batch, frame: Buffer = none) {
    this.#before = before;
    this.#frame = frame;
    this.size = (before?.size ?? 0) + frame.length;
  }

  /** Returns this batch with one more frame; the same object if others have already asked for it. */
  with(frame: Buffer): Batch {
    // Keeping the latest is enough: a room sends a frame to all its members one after another.
    const next = this.#next;
    return next && next.#frame === frame ? next : (this.#next = new Batch(this, frame));
  }

  get bytes(): Buffer {
    return (this.#bytes ??= this.#joined());
  }

  #joined(): Buffer {
    if (this.#frame.length === this.size) return this.#frame;
    const bytes = Buffer.allocUnsafe(this.size);
    let at = this.size - this.#frame.length;
    bytes.set(this.#frame, at);
    for (let batch = this.#before; batch; batch = batch.#before) {
      at -= batch.#frame.length;
      bytes.set(batch.#frame, at);
    }
    return bytes;
  }
}
