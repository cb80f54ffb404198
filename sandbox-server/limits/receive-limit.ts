import { orNone } from '../options.ts';
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
  #violation: Violation | undefined;

  constructor(limits: ReceiveLimits, now: number) {
    this.#limits = limits;
    this.#bucket = new TokenBucket(orNone(limits.messagesPerSecond), orNone(limits.messageBurst), now);
  }

  get violation(): Violation | undefined {
    return this.#violation;
  }

  /** Counts a message or a ping. False once the connection is in violation. */
  count(now: number): boolean {
    if (this.#violation) return false;
    if (this.#bucket.take(now)) return true;
    return this.#violate(tooOften(this.#limits.messagesPerSecond, this.#limits.messageBurst));
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
