/** Limits that many share, as endpoints see them: who holds a place, and what happens to it when others want in. */
import type { Cancel } from './endpoint.ts';

/** Whom something is held for: a client address, and the session behind it if there is one. */
export interface Holder {
  readonly address: string;
  readonly session: string | undefined;
}

/** Why there is no place, or no longer one. */
export interface NoPlace {
  /** A sentence for the reader, of at most 123 bytes. */
  readonly reason: string;
  /** The option that bounds it. */
  readonly limit: string;
}

/** Something that takes a place. */
export interface Held {
  /** Ends it, because somebody who holds less wants in. Its place is already free by then. */
  giveWay(why: NoPlace): void;
  /** Returns when it was last used, as a number that rises with time. What was used longest ago goes first. */
  usedAt?(): number;
  /** True while nobody would miss it. It then gives way even to those who hold as much. */
  isIdle?(): boolean;
}

/** A place that somebody has taken. */
export interface Place {
  /** Adds a holder until the returned function is called. The place is as safe as with the poorest of its holders. */
  join(holder: Holder): Cancel;
  /** Takes the first holder off it. Others must have joined by then. */
  leave(): void;
  /** Gives the place back, whoever shares it. */
  release(): void;
}

/** The places that a limit allows, shared fairly. */
export interface Shares {
  /** How many places are taken. */
  readonly size: number;
  /** Takes a place, even one that somebody who holds more has to give up. */
  take(holder: Holder, held: Held): Place | NoPlace;
}

/** Bytes that a limit allows, shared fairly. Nothing is refused, but those who hold the most let some go. */
export interface ByteShares {
  /** How many bytes are held. */
  readonly size: number;
  /** Returns a share that holds no bytes yet. Its `giveWay` must set fewer. */
  open(holder: Holder, held: Held): Bytes;
}

/** Bytes of one thing. */
export interface Bytes extends Place {
  /** Sets how many it holds now. By the time this returns, any excess has been let go, here or elsewhere. */
  set(bytes: number): void;
}
