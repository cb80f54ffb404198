/**
 * How what the server may hold is shared out: one way for every limit that many share.
 *
 * 1. Whoever comes while there is a place has it, however much they hold.
 * 2. Where all places are taken, whoever comes is compared with those who hold the most: first the client addresses, then,
 *    behind one address, its sessions; what an address holds without a session counts as one session's. Where the one that
 *    comes would still hold less, the other gives way, and is told so in words: with what nobody would miss first, then with
 *    what was used longest ago.
 * 3. Else the one that comes is refused, in words. So nobody loses anything to those who hold as much, but for what is idle: a
 *    session that nothing is connected to, a channel that nobody listens to.
 * 4. What several hold is as safe as it is with the poorest of them: the room of a class is not closed for one flood in it.
 * 5. The bounds of an address are shared out in the same way among its sessions. At the bound of a session it is refused.
 * 6. Bytes are never refused: whoever keeps the most lets the oldest go.
 */
import type { ByteShares, Bytes, Held, Holder, NoPlace, Place, Shares } from '../endpoints/shares.ts';
import { isIdle, leastMissed } from './least-missed.ts';
import { type SessionTally, Share, Tallies } from './tally.ts';

/** Whose bound it is. */
export type Scope = 'server' | 'address' | 'session';

/** What is shared out, and how it is said. */
export interface SharedLimit {
  /** How much there may be in all, of one address, and of one session; Infinity where nothing bounds it. */
  bounds: Readonly<Record<Scope, number>>;
  /** Why one more is refused. */
  refusal(scope: Scope): NoPlace;
  /** Why one that is there gives way: for somebody who holds less, or since it is idle. */
  givesWay(scope: Scope, isIdle: boolean): NoPlace;
  /** Told of each that gave way. */
  gaveWay?(why: NoPlace): void;
  /** Told of an address that holds something; what this returns is called when it holds nothing any more. */
  appeared?(address: string): () => void;
}

/** The places of one limit, or its bytes. */
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

  /** Has something give way to the holder of that tally. False where nothing does. `idles`: what it is about may be idle. */
  #makeRoom(scope: 'server' | 'address', { address, held }: SessionTally, idles: boolean): boolean {
    // Compared are the addresses, and behind one address its sessions.
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

  /** Has those with the most bytes let some go, until all are within the bound. */
  #letGo(): void {
    while (this.#size > this.#limit.bounds.server) {
      const before = this.#size;
      const share = leastMissed(this.#tallies.addresses(), () => true);
      share?.held.giveWay(this.#limit.givesWay('server', false));
      // Whoever let nothing go would be asked for ever.
      if (this.#size >= before) return;
    }
  }
}

/** True where those who hold `theirs` owe one to whoever comes with `mine`: who would still be poorer, or it is idle. */
const owes = (theirs: number, mine: number, isIdle: boolean): boolean => theirs > mine + 1 || (isIdle && theirs >= mine);
