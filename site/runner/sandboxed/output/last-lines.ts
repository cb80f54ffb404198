/** The last of the lines that there was no room for. */
import type { ConsoleLine } from '../../../../protocol/messages/runner-messages.ts';
import { bareList } from '../natives.ts';

/** Makes a line when it is needed: most lines of a flood never are. */
export type MakeLine = () => ConsoleLine;

export class LastLines {
  readonly #most: number;
  readonly #lines = bareList<MakeLine | undefined>();
  #end = 0;
  #size = 0;

  /** Keeps `most` lines. */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#size;
  }

  /** Keeps a line. Returns how many it has dropped for that. */
  add(make: MakeLine): number {
    this.#lines[this.#end++ % this.#most] = make;
    if (this.#size === this.#most) return 1;
    this.#size++;
    return 0;
  }

  /** Drops all lines. Returns how many. */
  drop(): number {
    const dropped = this.#size;
    for (let i = 0; i < this.#most; i++) this.#lines[i] = undefined;
    this.#size = 0;
    return dropped;
  }

  /** Removes and returns the last lines that have no more than `characters`, in order. The others are dropped. */
  take(characters: number): ConsoleLine[] {
    const backwards = bareList<ConsoleLine>();
    for (let left = characters; backwards.length < this.#size;) {
      const line = this.#lines[(this.#end - 1 - backwards.length) % this.#most]?.();
      left -= line?.text.length ?? 0;
      if (!line || left < 0) break;
      backwards[backwards.length] = line;
    }
    const lines = bareList<ConsoleLine>();
    for (let i = backwards.length - 1; i >= 0; i--) lines[lines.length] = backwards[i] as ConsoleLine;
    this.drop();
    return lines;
  }
}
