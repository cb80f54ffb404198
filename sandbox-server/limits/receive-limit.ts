import { orNone } from '../options.ts';
import type { Quota } from './quota.ts';
import { TokenBucket } from './token-bucket.ts';
import { tooLong, tooOften, type Violation } from './violation.ts';

/** The limits on what is received. */
export interface ReceiveLimits {
  maxMessageBytes: number;
  messagesPerSecond: number;
  messageBurst: number;
}

/** Counts what one connection receives, as its bytes come in. Keeps the first violation. */
export class ReceiveLimit {
  readonly #limits: ReceiveLimits;
  readonly #bucket: TokenBucket;
  readonly #session: Quota | undefined;
  readonly #address: Quota | undefined;
  #violation: Violation | undefined;
  /** Pings to the client whose pongs have not come yet. */
  #pongsDue = 0;

  /** Counts for the connection's session and address too. */
  constructor(limits: ReceiveLimits, now: number, { session, address }: { session?: Quota; address?: Quota } = {}) {
    this.#limits = limits;
    this.#session = session;
    this.#address = address;
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
    const ofSession = this.#session?.countMessage(this.#session, now);
    if (ofSession) return this.#violate(ofSession);
    const ofAddress = this.#address?.countMessage(this.#session ?? this, now);
    // A flooding neighbour can use up the address's quota: close only connections in a burst, not those that keep to the rate.
    if (ofAddress && this.#bucket.isHalfEmpty(now)) return this.#violate(ofAddress);
    return true;
  }

  /** Notes that a ping was sent: one more pong is due. */
  pingSent(): void {
    this.#pongsDue++;
  }

  /**
   * Takes a pong: one that is due is free. An unsolicited one is allowed (RFC 6455 §5.5.3) but counts like a ping: a flood of
   * pongs is a flood too.
   */
  pong(now: number): boolean {
    if (this.#pongsDue === 0) return this.count(now);
    this.#pongsDue--;
    return true;
  }

  /** Checks the size of a frame, whole or as far as it has come. False once the connection is in violation. */
  size(bytes: number): boolean {
    if (this.#violation) return false;
    return bytes <= orNone(this.#limits.maxMessageBytes) || this.#violate(tooLong(this.#limits.maxMessageBytes));
  }

  #violate(violation: Violation): false {
    this.#violation = violation;
    return false;
  }
}
