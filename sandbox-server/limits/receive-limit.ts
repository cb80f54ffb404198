import { orNone } from '../options.ts';
import type { Allowance } from './allowance.ts';
import { TokenBucket } from './token-bucket.ts';
import { tooLong, tooOften, type Violation } from './violation.ts';

/** The limits that concern what is received. */
export interface ReceiveLimits {
  maxMessageBytes: number;
  messagesPerSecond: number;
  messageBurst: number;
}

/** Counts what one connection receives, where its bytes come in. The first violation stays. */
export class ReceiveLimit {
  readonly #limits: ReceiveLimits;
  readonly #bucket: TokenBucket;
  readonly #shared: readonly Allowance[];
  #violation: Violation | undefined;

  /** `shared`: what the connection is counted for besides itself, its session and its address. */
  constructor(limits: ReceiveLimits, now: number, shared: readonly Allowance[] = []) {
    this.#limits = limits;
    this.#shared = shared;
    this.#bucket = new TokenBucket(orNone(limits.messagesPerSecond), orNone(limits.messageBurst), now);
  }

  get violation(): Violation | undefined {
    return this.#violation;
  }

  /** Counts a message or a ping. False once the connection is in violation. */
  count(now: number): boolean {
    if (this.#violation) return false;
    const { messagesPerSecond, messageBurst } = this.#limits;
    if (!this.#bucket.take(now)) return this.#violate(tooOften(messagesPerSecond, messageBurst, 'messagesPerSecond'));
    for (const allowance of this.#shared) {
      const violation = allowance.countMessage(now);
      if (violation) return this.#violate(violation);
    }
    return true;
  }

  /** Checks the bytes of a frame, whole or as far as it has come. False once the connection is in violation. */
  size(bytes: number): boolean {
    if (this.#violation) return false;
    return bytes <= orNone(this.#limits.maxMessageBytes) || this.#violate(tooLong(this.#limits.maxMessageBytes));
  }

  #violate(violation: Violation): false {
    this.#violation = violation;
    return false;
  }
}
