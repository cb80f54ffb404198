/** How many files and sockets the process may have open, and who takes them: at the limit requests are refused in words, and nothing ends. */
import { readdirSync, readFileSync } from 'node:fs';

/** What is left alone: for what Node opens by itself, and for the connections on which one is told that there are too many. */
const spare = 24;
/** Of what is left connections may take this part; the rest is for the files that they are sent, and for `/crowd` and `/door`. */
const partOfConnections = 7 / 8;

/** The limit, as Linux tells it of this process; Infinity where there is none, and on other systems. */
export function descriptorLimit(): number {
  try {
    const limit = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1];
    return limit === undefined ? Infinity : Number(limit);
  } catch {
    return Infinity;
  }
}

/** How many are open now; 0 on other systems than Linux. */
export function descriptorsInUse(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}

/** Takes one or several back to be taken by others; harmless when called again. */
type Release = () => void;

/** The descriptors that may be taken. */
export class Descriptors {
  /** What the system allows; Infinity where that is not known. */
  readonly limit: number;
  /** As many may be taken. */
  readonly #most: number;
  /** As many connections there may be. */
  readonly mostConnections: number;
  #taken = 0;
  #connections = 0;

  constructor(limit = descriptorLimit(), inUse = descriptorsInUse()) {
    this.limit = limit;
    this.#most = Math.max(8, limit - inUse - spare);
    this.mostConnections = Math.floor(this.#most * partOfConnections);
  }

  /** Takes so many; undefined where there are not as many. */
  take(count = 1): Release | undefined {
    if (this.#taken + count > this.#most) return undefined;
    this.#taken += count;
    let isReleased = false;
    return () => {
      if (!isReleased) this.#taken -= count;
      isReleased = true;
    };
  }

  /** Takes one for a connection; false where there is none. */
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
