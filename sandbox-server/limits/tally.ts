import type { Held, Holder } from '../endpoints/shares.ts';

/** What a client address holds of one resource; the key undefined has what it holds without a session. */
export interface AddressTally {
  readonly name: string;
  held: number;
  readonly sessions: Map<string | undefined, SessionTally>;
}

/** What one session of an address holds, or the address without a session. */
export interface SessionTally {
  readonly address: AddressTally;
  readonly name: string | undefined;
  held: number;
  /** The shares it is in, even those of no weight, oldest first. */
  readonly shares: Set<Share>;
}

/** Who holds how much of one resource. */
export class Tallies {
  readonly #addresses = new Map<string, AddressTally>();
  readonly #appeared: (address: string) => () => void;
  readonly #gone = new Map<string, () => void>();

  /** Calls `appeared` for an address that holds something, and what that returns when the address holds nothing any more. */
  constructor(appeared: (address: string) => () => void = () => () => undefined) {
    this.#appeared = appeared;
  }

  addresses(): IterableIterator<AddressTally> {
    return this.#addresses.values();
  }

  /** Returns the holder's tally; makes one if there is none. */
  open({ address: name, session }: Holder): SessionTally {
    let address = this.#addresses.get(name);
    if (!address) {
      address = { name, held: 0, sessions: new Map() };
      this.#addresses.set(name, address);
      this.#gone.set(name, this.#appeared(name));
    }
    let tally = address.sessions.get(session);
    if (!tally) address.sessions.set(session, (tally = { address, name: session, held: 0, shares: new Set() }));
    return tally;
  }

  /** Forgets a tally that is in no share any more. */
  close(tally: SessionTally): void {
    const { address, name, shares } = tally;
    // Another tally may have been opened under its name since.
    if (shares.size > 0 || address.sessions.get(name) !== tally) return;
    address.sessions.delete(name);
    if (address.sessions.size > 0) return;
    this.#addresses.delete(address.name);
    this.#gone.get(address.name)?.();
    this.#gone.delete(address.name);
  }
}

/** One thing that one holder or several hold. It counts in full for each session, and once for an address. */
export class Share {
  readonly held: Held;
  readonly #tallies: Tallies;
  /** How many times each holder has joined. */
  readonly #holders = new Map<SessionTally, number>();
  #weight: number;

  constructor(tallies: Tallies, held: Held, weight: number) {
    this.#tallies = tallies;
    this.held = held;
    this.#weight = weight;
  }

  get weight(): number {
    return this.#weight;
  }

  set weight(weight: number) {
    const more = weight - this.#weight;
    const addresses = new Set<AddressTally>();
    for (const tally of this.#holders.keys()) {
      tally.held += more;
      addresses.add(tally.address);
    }
    for (const address of addresses) address.held += more;
    this.#weight = weight;
  }

  /** The holder that holds the least in all: the poorest session of the poorest address. */
  get poorest(): SessionTally | undefined {
    let poorest: SessionTally | undefined;
    for (const tally of this.#holders.keys()) if (!poorest || isPoorer(tally, poorest)) poorest = tally;
    return poorest;
  }

  join(holder: Holder): () => void {
    const tally = this.#tallies.open(holder);
    const times = this.#holders.get(tally) ?? 0;
    if (times === 0) {
      if (!this.#isHeldBy(tally.address)) tally.address.held += this.#weight;
      tally.held += this.#weight;
      tally.shares.add(this);
    }
    this.#holders.set(tally, times + 1);
    let hasLeft = false;
    return () => {
      if (!hasLeft) this.#leave(tally, 1);
      hasLeft = true;
    };
  }

  /** Removes all holders and the weight. Harmless when repeated. */
  release(): void {
    for (const [tally, times] of [...this.#holders]) this.#leave(tally, times);
    this.#weight = 0;
  }

  #isHeldBy(address: AddressTally): boolean {
    for (const tally of this.#holders.keys()) if (tally.address === address) return true;
    return false;
  }

  #leave(tally: SessionTally, times: number): void {
    const left = (this.#holders.get(tally) ?? 0) - times;
    // The share was released before, with all its holders.
    if (left < 0) return;
    if (left > 0) {
      this.#holders.set(tally, left);
      return;
    }
    this.#holders.delete(tally);
    tally.held -= this.#weight;
    tally.shares.delete(this);
    if (!this.#isHeldBy(tally.address)) tally.address.held -= this.#weight;
    this.#tallies.close(tally);
  }
}

const isPoorer = (one: SessionTally, other: SessionTally): boolean =>
  one.address.held === other.address.held ? one.held < other.held : one.address.held < other.address.held;
