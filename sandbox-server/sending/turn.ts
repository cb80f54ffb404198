import { encodeFrame, Opcode } from '../../protocol/frame.ts';
import type { Timers } from '../endpoints/endpoint.ts';
import { Batch } from './batch.ts';

/** What has frames to write at the end of the turn. */
interface Pending {
  flush(): void;
}

/**
 * One turn of the event loop, for all connections: a message that many are sent is framed once, and what a connection is
 * sent within the turn leaves in one write.
 */
export class Turn {
  readonly #timers: Timers;
  #pending: Pending[] = [];
  #start = new Batch();
  #framed: { data: string | Uint8Array; frame: Buffer } | undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** The batch of a connection that was sent nothing in this turn yet. */
  get start(): Batch {
    return this.#start;
  }

  /** The message as one unmasked frame (RFC 6455 §5.6); the same Buffer where it is the same message as the last. */
  frame(data: string | Uint8Array): Buffer {
    if (this.#framed?.data === data) return this.#framed.frame;
    const isText = typeof data === 'string';
    const payload = isText ? Buffer.from(data) : data;
    const { buffer } = encodeFrame({ opcode: isText ? Opcode.text : Opcode.binary, payload });
    const frame = Buffer.from(buffer);
    this.#framed = { data, frame };
    return frame;
  }

  /** Has `pending` flushed at the end of the turn: once all that came in by now has been served. */
  add(pending: Pending): void {
    if (this.#pending.length === 0) this.#timers.after(0, () => this.#end());
    this.#pending.push(pending);
  }

  #end(): void {
    const pending = this.#pending;
    this.#pending = [];
    this.#start = new Batch();
    this.#framed = undefined;
    for (const one of pending) one.flush();
  }
}
