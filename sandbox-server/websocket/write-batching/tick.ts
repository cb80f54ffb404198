import { encodeFrame, Opcode } from '../../../protocol/wire/frame.ts';
import type { Timers } from '../../endpoints/endpoint.ts';
import { Batch } from './batch.ts';

/** The longest that frames are held back to gather more, in ms. */
const longestHold = 8;

/** Something with frames to write at the end of the turn. */
interface Pending {
  flush(): void;
  /** Called when `flush` throws; the fault is this one's alone. */
  failed(error: unknown): void;
}

/**
 * One turn of the event loop, for all connections: a message for many is framed once, and everything that a connection is sent
 * within the turn leaves in one write.
 *
 * The cost of a full room is its writes, some microseconds for each member. So after a turn of several messages that took long
 * to write, the next stays open for half of that time: then the answers to them are written together, not the first one alone.
 */
export class Tick {
  readonly #timers: Timers;
  #pending: Pending[] = [];
  #start = new Batch();
  /** Messages framed in this turn. */
  #messages = 0;
  /** Frames are held back until this time. */
  #heldUntil = 0;
  #framed: { data: string | Uint8Array; frame: Buffer } | undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** The batch of a connection that has been sent nothing in this turn. */
  get start(): Batch {
    return this.#start;
  }

  /** Returns the message as one unmasked frame (RFC 6455 §5.6): the same Buffer if it is the same message as the last. */
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

  /** Flushes `pending` at the end of the turn, once everything that has come in by now is served. */
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
