import type { Held, Holder } from '../endpoints/shares.ts';

/** What a client address holds of one resource; what it holds without a session is under undefined. */
export interface AddressTally {
  readonly name: string;
  held: number;
  readonly sessions: Map<string | undefined, SessionTally>;
}

/** What one session of an address holds, or the address without any. */
export interface SessionTally {
  readonly address: AddressTally;
  readonly name: string | undefined;
  held: number;
  /** What it is in, be it of no weight. The first came first. */
  readonly shares: Set<Share>;
}

/** Who holds how much of one resource. */
export class Tallies {
  readonly #addresses = new Map<string, AddressTally>();
  readonly #appeared: (address: string) => () => void;
  readonly #gone = new Map<string, () => void>();

  /** `appeared` is called for an address that holds something, and what it returns when it holds nothing any more. */
  constructor(appeared: (address: string) => () => void = () => () => undefined) {
    this.#appeared = appeared;
  }

  addresses(): IterableIterator<AddressTally> {
    return this.#addresses.values();
  }

  /** The holder's tally, made where there is none. */
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

  /** Forgets a tally that is in nothing any more. */
  close(tally: SessionTally): void {
    const { address, name, shares } = tally;
    // Another may have been opened since under its name.
    if (shares.size > 0 || address.sessions.get(name) !== tally) return;
    address.sessions.delete(name);
    if (address.sessions.size > 0) return;
    this.#addresses.delete(address.name);
    this.#gone.get(address.name)?.();
    this.#gone.delete(address.name);
  }
}

/** One thing that is held, by one holder or by several: it counts in full for each session, and once for an address. */
export class Share {
  readonly held: Held;
  readonly #tallies: Tallies;
  /** How many times each is in it. */
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

  /** Whoever of its holders holds the least in all: of the poorest address the poorest session. */
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

  /** Nobody holds it any more, and it weighs nothing, however often it is released. */
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
    // It was released before, with all who were in it.
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
