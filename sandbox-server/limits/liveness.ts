import type { Cancel, Timers } from '../endpoints/endpoint.ts';
import type { FaultBoundary } from '../fault-boundary.ts';

/** A connection whose client may go silent. Times in ms. */
export interface Pingable {
  readonly heardAt: number;
  readonly linkBusy: boolean;
  pingedAt: number | undefined;
  ping(): void;
  terminate(): void;
}

/**
 * Pings connections that have been silent for `pingAfter` ms, and ends those silent for `deadAfter` ms more: a peer that
 * lost its network says nothing (RFC 6455 §5.5.2). One sweep serves all connections.
 */
export class Liveness {
  readonly #pingAfter: number;
  readonly #deadAfter: number;
  readonly #timers: Timers;
  readonly #faults: FaultBoundary;
  readonly #members = new Set<Pingable>();
  #cancel: Cancel | undefined;

  constructor(pingAfter: number, deadAfter: number, timers: Timers, faults: FaultBoundary) {
    this.#pingAfter = pingAfter;
    this.#deadAfter = deadAfter;
    this.#timers = timers;
    this.#faults = faults;
  }

  add(member: Pingable): void {
    this.#members.add(member);
    if (!this.#cancel && this.#pingAfter < Infinity) this.#arm();
  }

  delete(member: Pingable): void {
    this.#members.delete(member);
    if (this.#members.size > 0) return;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #arm(): void {
    this.#cancel = this.#timers.after(Math.min(1000, this.#pingAfter / 4, this.#deadAfter / 4), () => {
      this.#arm();
      const now = this.#timers.now();
      // End a connection that cannot be pinged, and still check the others.
      for (const member of this.#members)
        this.#faults.run(
          () => this.#check(member, now),
          () => member.terminate(),
        );
    });
  }

  #check(member: Pingable, now: number): void {
    if (member.pingedAt !== undefined && member.heardAt > member.pingedAt) member.pingedAt = undefined;
    if (member.pingedAt === undefined) {
      if (now - member.heardAt < this.#pingAfter) return;
      member.pingedAt = now;
      member.ping();
    } else if (member.linkBusy) {
      // The ping is still on the link: its answer is due only after it has left.
      member.pingedAt = now;
    } else if (now - member.pingedAt >= this.#deadAfter) {
      member.terminate();
    }
  }
}
