import { type Frame, FrameParser, isControl, Opcode } from '../../protocol/wire/frame.ts';
import type { Timers } from '../endpoints/endpoint.ts';
import type { ReceiveLimit } from '../limits/receive-limit.ts';

/** The length of the longest header: 2 bytes, 8 of an extended length, and the masking key's 4 (RFC 6455 §5.2). */
const longestHeader = 14;

/** Reads a client's bytes into frames, and holds them to the limit as they come. */
export class ClientFrames {
  readonly #parser: FrameParser;
  readonly #limit: ReceiveLimit;
  readonly #timers: Timers;
  /** The bytes of the frame that is not whole yet. */
  #partial = 0;

  /** Keeps up to `keepBytes` payload bytes of each frame. */
  constructor(keepBytes: number, limit: ReceiveLimit, timers: Timers) {
    this.#parser = new FrameParser({ keepBytes });
    this.#limit = limit;
    this.#timers = timers;
  }

  /** Yields the frames that these bytes complete, each with whether the limit admits it. A Close is always admitted. */
  *push(chunk: Uint8Array): Generator<{ frame: Frame; isAdmitted: boolean }> {
    this.#partial += chunk.length;
    for (const frame of this.#parser.push(chunk)) {
      this.#partial -= frame.headerLength + frame.length;
      yield { frame, isAdmitted: frame.opcode === Opcode.close || this.#admits(frame) };
    }
    // Do not wait for a frame that never ends: count its bytes as they come.
    this.#limit.size(this.#partial - longestHeader);
  }

  #admits({ opcode, fin, length }: Frame): boolean {
    if (!this.#limit.size(length)) return false;
    if (opcode === Opcode.pong) return this.#limit.pong(this.#timers.now());
    // A message counts with its last frame.
    const counts = isControl(opcode) || fin;
    return !counts || this.#limit.count(this.#timers.now());
  }
}
