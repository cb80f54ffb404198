import { encodeFrame, Opcode } from '../../../protocol/wire/frame.ts';
import type { Timers } from '../../endpoints/endpoint.ts';
import { Batch } from './batch.ts';

/** The longest that frames are held back to gather more, in ms. */
const longestHold = 8;

/** What has frames to write at the end of the turn. */
interface Pending {
  flush(): void;
  /** That met a fault, which is its own alone. */
  failed(error: unknown): void;
}

/**
 * One turn of the event loop, for all connections: a message that many are sent is framed once, and what a connection is
 * sent within the turn leaves in one write.
 *
 * Writes are what a full room costs, some microseconds for each member. So after a turn of several messages
 * that took long to write, the next is held open for half of that time: the answers to them are then written together, and
 * not the first of them alone.
 */
export class Tick {
  readonly #timers: Timers;
  #pending: Pending[] = [];
  #start = new Batch();
  /** How many messages were framed in this turn. */
  #messages = 0;
  /** Until when frames are held back. */
  #heldUntil = 0;
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
    this.#messages++;
    return frame;
  }

  /** Has `pending` flushed at the end of the turn: once all that came in by now has been served. */
  add(pending: Pending): void {
    if (this.#pending.length === 0) this.#timers.after(Math.max(0, this.#heldUntil - this.#timers.now()), () => this.#end());
    this.#pending.push(pending);
  }

  #end(): void {
    const began = this.#timers.now();
    const pending = this.#pending;
    this.#pending = [];
    this.#start = new Batch();
    this.#framed = undefined;
    for (const one of pending) {
      try {
        one.flush();
      } catch (error) {
        one.failed(error);
      }
    }
    const ended = this.#timers.now();
    if (this.#messages > 1) this.#heldUntil = ended + Math.min(longestHold, (ended - began) / 2);
    this.#messages = 0;
  }
}
