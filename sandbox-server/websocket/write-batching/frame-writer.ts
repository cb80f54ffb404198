import type { Duplex } from 'node:stream';
import { encodeFrame, Opcode } from '../../../protocol/wire/frame.ts';
import type { Batch } from './batch.ts';
import type { Tick } from './tick.ts';

/** From this size on frames are written at once: to wait for more would save nothing. */
export const large = 65_536;

/** The audience that a connection is in, as its writer sees it. */
interface InAudience {
  /** What the connection is owed while it is in step with the others. */
  batch(): Batch | undefined;
  /** Has the writer be owed that by itself. */
  stepOut(): void;
}

/** The connection that a writer is of. */
interface WriterOwner {
  /** Called after each write. */
  written(): void;
  failed(error: unknown): void;
}

/**
 * Writes the messages of one connection to its socket, and its pongs to its socket, around `ws`. Other control frames stay with `ws`: it has to be told to
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
    // The client's end of the stream has `ws` end ours in the same turn.
    socket.prependOnceListener('end', () => this.flush());
  }

  /** Bytes that wait for the end of the turn. */
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

  /** Writes what waits. */
  flush(): void {
    this.audience?.stepOut();
    this.#writeOwn();
  }

  /** Takes over what it was owed together with others, after what it is owed alone. */
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

  /** What writes for several met a fault with this one. */
  failed(error: unknown): void {
    this.#owner.failed(error);
  }

  #writeOwn(): void {
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch) this.write(batch);
  }
}
