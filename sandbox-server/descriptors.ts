/**
 * Tracks how many files and sockets the process may have open, and who takes them: at the limit, we refuse requests in words and
 * nothing ends.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Descriptors to leave alone: for what Node opens by itself, and for connections on which we say that there are too many. */
const spare = 24;
/** The part of the remainder that connections may take; the rest is for the files we send them, and for `/crowd` and `/door`. */
const partOfConnections = 7 / 8;

/** Returns the limit that Linux gives for this process; Infinity if there is none, and on other systems. */
export function descriptorLimit(): number {
  try {
    const limit = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1];
    return limit === undefined ? Infinity : Number(limit);
  } catch {
    return Infinity;
  }
}

/** Returns how many are open now; 0 on systems other than Linux. */
export function descriptorsInUse(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}

/** Gives descriptors back for others to take; harmless when called again. */
type Release = () => void;

/** The descriptors that may be taken. */
export class Descriptors {
  /** What the system allows; Infinity if unknown. */
  readonly limit: number;
  /** The most that may be taken. */
  readonly #most: number;
  /** The most connections that there may be. */
  readonly mostConnections: number;
  #taken = 0;
  #connections = 0;

  constructor(limit = descriptorLimit(), inUse = descriptorsInUse()) {
    this.limit = limit;
    this.#most = Math.max(8, limit - inUse - spare);
    this.mostConnections = Math.floor(this.#most * partOfConnections);
  }

  /** Takes `count` descriptors; returns undefined if there are not enough. */
  take(count = 1): Release | undefined {
    if (this.#taken + count > this.#most) return undefined;
    this.#taken += count;
    let isReleased = false;
    return () => {
      if (!isReleased) this.#taken -= count;
      isReleased = true;
    };
  }

  /** Takes one for a connection; returns false if there is none. */
  openConnection(): boolean {
    if (this.#connections >= this.mostConnections || this.#taken >= this.#most) return false;
    this.#connections++;
    this.#taken++;
    return true;
  }

  closeConnection(): void {
    this.#connections--;
    this.#taken--;
  }
}
