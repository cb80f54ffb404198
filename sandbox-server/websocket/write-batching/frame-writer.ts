import type { Duplex } from 'node:stream';
import { encodeFrame, Opcode } from '../../../protocol/wire/frame.ts';
import type { Batch } from './batch.ts';
import type { Tick } from './tick.ts';

/** From this size on, frames are written at once: waiting for more would save nothing. */
export const large = 65_536;

/** The audience of a connection, as its writer sees it. */
interface InAudience {
  /** The batch that the connection is owed while it is in step with the others. */
  batch(): Batch | undefined;
  /** Hands that batch to the writer alone. */
  stepOut(): void;
}

/** The connection that a writer belongs to. */
interface WriterOwner {
  /** Called after each write. */
  written(): void;
  failed(error: unknown): void;
}

/**
 * Writes the messages and pongs of one connection to its socket, bypassing `ws`. Other control frames stay with `ws`: call
 * `flush` before each, so that all frames leave in the order in which they were sent.
 */
export class FrameWriter {
  readonly #socket: Duplex;
  readonly #turn: Tick;
  readonly #owner: WriterOwner;
  #batch: Batch | undefined;
  audience: InAudience | undefined;

  constructor(socket: Duplex, turn: Tick, owner: WriterOwner) {
    this.#socket = socket;
    this.#turn = turn;
    this.#owner = owner;
    // When the client ends its side, `ws` ends ours in the same turn.
    socket.prependOnceListener('end', () => this.flush());
  }

  /** Bytes waiting for the end of the turn. */
  get size(): number {
    return (this.#batch?.size ?? 0) + (this.audience?.batch()?.size ?? 0);
  }

  send(data: string | Uint8Array): void {
    this.#add(this.#turn.frame(data));
  }

  /** Answers a ping. */
  pong(payload: Uint8Array): void {
    this.#add(Buffer.from(encodeFrame({ opcode: Opcode.pong, payload }).buffer));
  }

  #add(frame: Buffer): void {
    this.audience?.stepOut();
    if (!this.#batch) this.#turn.add(this);
    this.#batch = (this.#batch ?? this.#turn.start).with(frame);
    if (this.#batch.size >= large) this.flush();
  }

  /** Writes everything that is waiting. */
  flush(): void {
    this.audience?.stepOut();
    this.#writeOwn();
  }

  /** Takes over the batch that it was owed together with others, behind what it is owed alone. */
  owe(batch: Batch): void {
    this.#writeOwn();
    this.#batch = batch;
    this.#turn.add(this);
  }

  /** Writes the batch at once. */
  write({ bytes }: Batch): void {
    if (!this.#socket.writable) return;
    this.#socket.write(bytes);
    this.#owner.written();
  }

  /** Called when a write for several connections meets a fault with this one. */
  failed(error: unknown): void {
    this.#owner.failed(error);
  }

  #writeOwn(): void {
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch) this.write(batch);
  }
}
