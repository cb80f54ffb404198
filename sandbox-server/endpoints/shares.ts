/** Limits that many share, as endpoints see them: who holds a place, and what becomes of it when others want in. */
import type { Cancel } from './endpoint.ts';

/** Whom something is held for: a client address, and the session behind it where there is one. */
export interface Holder {
  readonly address: string;
  readonly session: string | undefined;
}

/** Why there is no place, or none any more. */
export interface NoPlace {
  /** A sentence for the reader, of at most 123 bytes. */
  readonly reason: string;
  /** The option that bounds it. */
  readonly limit: string;
}

/** What takes a place. */
export interface Held {
  /** Ends it, since somebody who holds less wants in. Its place is free by then. */
  giveWay(why: NoPlace): void;
  /** When it was last of use, as a number that rises with time: what was used longest ago goes first. */
  usedAt?(): number;
  /** True while nobody would miss it: then it gives way to those who hold as much, too. */
  isIdle?(): boolean;
}

/** A place that is taken. */
export interface Place {
  /** One more holder shares it, until what this returns is called. It is as safe as it is with the poorest of its holders. */
  join(holder: Holder): Cancel;
  /** The first holder shares it no more; others have to by then. */
  leave(): void;
  /** Gives it back, whoever shares it. */
  release(): void;
}

/** The places that a limit allows, shared fairly. */
export interface Shares {
  /** Places that are taken. */
  readonly size: number;
  /** Takes a place, be it one that somebody who holds more has to give up. */
  take(holder: Holder, held: Held): Place | NoPlace;
}

/** Bytes that a limit allows, shared fairly: nothing is refused, but those who hold the most let go. */
export interface ByteShares {
  /** Bytes that are held. */
  readonly size: number;
  /** Holds no bytes yet. Its `giveWay` is to set fewer. */
  open(holder: Holder, held: Held): Bytes;
}

/** Bytes of one thing. */
export interface Bytes extends Place {
  /** It holds this many now. When this returns, what is too much has been let go, here or elsewhere. */
  set(bytes: number): void;
}
