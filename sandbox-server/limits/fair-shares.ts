/**
 * Shares out what the server may hold among its clients, in the same way for every limit that many of them share.
 *
 * 1. While a place is free, whoever asks gets it, however much they already hold.
 * 2. When all places are taken, we compare the asker with the richest, the one who holds the most: first the client addresses,
 *    then the sessions behind one address. What an address holds without a session counts as one session's. If the asker would
 *    still hold less with one more, the richest loses one and is told why: an idle one first, then the one used longest ago.
 * 3. Otherwise the asker is refused and told why. So nobody loses anything to somebody who holds as much, except something idle:
 *    a session that nothing is connected to, a channel that nobody listens to.
 * 4. Something that several hold is as safe as if the poorest of them held it alone. One flood in a class's room does not close
 *    the room.
 * 5. An address's bound is shared out among its sessions in the same way. A session at its own bound is refused.
 * 6. Bytes are never refused: when there are too many, whoever keeps the most loses the oldest.
 */
import type { ByteShares, Bytes, Held, Holder, NoPlace, Place, Shares } from '../endpoints/shares.ts';
import { isIdle, leastMissed } from './least-missed.ts';
import { type SessionTally, Share, Tallies } from './tally.ts';

/** Whom a bound applies to. */
export type Scope = 'server' | 'address' | 'session';

/** A limit to share out, with its sentences. */
export interface SharedLimit {
  /** How much there may be in all, for one address and for one session; Infinity if nothing bounds it. */
  bounds: Readonly<Record<Scope, number>>;
  /** Says why one more is refused. */
  refusal(scope: Scope): NoPlace;
  /** Says why an existing one gives way: to somebody who holds less, or because it is idle. */
  givesWay(scope: Scope, isIdle: boolean): NoPlace;
  /** Called for each one that gave way. */
  gaveWay?(why: NoPlace): void;
  /** Called for an address that holds something; the function it returns is called when the address holds nothing any more. */
  appeared?(address: string): () => void;
}

/** Shares out the places of one limit, or its bytes. */
export class FairShares implements Shares, ByteShares {
  readonly #limit: SharedLimit;
  readonly #tallies: Tallies;
  #size = 0;

  constructor(limit: SharedLimit) {
    this.#limit = limit;
    this.#tallies = new Tallies(limit.appeared?.bind(limit));
  }

  get size(): number {
    return this.#size;
  }

  take(holder: Holder, held: Held): Place | NoPlace {
    const { bounds, refusal } = this.#limit;
    const tally = this.#tallies.open(holder);
    const idles = held.isIdle !== undefined;
    try {
      if (holder.session !== undefined && tally.held >= bounds.session) return refusal('session');
      if (tally.address.held >= bounds.address && !this.#makeRoom('address', tally, idles)) return refusal('address');
      if (this.#size >= bounds.server && !this.#makeRoom('server', tally, idles)) return refusal('server');
      return this.#add(holder, held, 1).place;
    } finally {
      this.#tallies.close(tally);
    }
  }

  open(holder: Holder, held: Held): Bytes {
    const { share, place } = this.#add(holder, held, 0);
    const set = (bytes: number): void => {
      if (!share.poorest) return;
      const more = bytes - share.weight;
      this.#size += more;
      share.weight = bytes;
      if (more > 0) this.#letGo();
    };
    return { ...place, set };
  }

  #add(holder: Holder, held: Held, weight: number): { share: Share; place: Place } {
    const share = new Share(this.#tallies, held, weight);
    const leave = share.join(holder);
    this.#size += weight;
    return { share, place: { leave, join: (other) => share.join(other), release: () => this.#release(share) } };
  }

  #release(share: Share): void {
    this.#size -= share.weight;
    share.release();
  }

  /** Makes something give way to the holder of that tally; false if nothing does. `idles`: what is held can be idle. */
  #makeRoom(scope: 'server' | 'address', { address, held }: SessionTally, idles: boolean): boolean {
    // Compare addresses, and behind the same address its sessions.
    const mayLose = (other: SessionTally, isIdle: boolean): boolean =>
      other.address === address
        ? owes(other.held, held, isIdle && idles)
        : owes(other.address.held, address.held, isIdle && idles);
    const addresses = [address];
    if (scope === 'server') {
      for (const other of this.#tallies.addresses()) {
        if (other !== address && owes(other.held, address.held, idles)) addresses.push(other);
      }
    }
    const share = leastMissed(addresses, mayLose);
    if (!share) return false;
    const why = this.#limit.givesWay(scope, isIdle(share.held));
    this.#release(share);
    share.held.giveWay(why);
    this.#limit.gaveWay?.(why);
    return true;
  }

  /** Makes those with the most bytes let some go, until the total is within the bound. */
  #letGo(): void {
    while (this.#size > this.#limit.bounds.server) {
      const before = this.#size;
      const share = leastMissed(this.#tallies.addresses(), () => true);
      share?.held.giveWay(this.#limit.givesWay('server', false));
      // Stop when nothing was let go: we would ask the same one for ever.
      if (this.#size >= before) return;
    }
  }
}

/** True if a holder of `theirs` owes one to a newcomer with `mine`: the newcomer would still be poorer, or it is idle. */
const owes = (theirs: number, mine: number, isIdle: boolean): boolean => theirs > mine + 1 || (isIdle && theirs >= mine);
