/** The lines of a playground's console: bounded, and passed to the view a few times a second however many arrive. */
import { batch, signal } from '@preact/signals';
import type { WorkerItem } from '../../protocol/messages/runner-messages.ts';
import { cut } from '../runner/message-limits.ts';

/** A line of the console. */
export interface ConsoleEntry {
  /** Rises from line to line. */
  id: number;
  /** Whose line it is: a client's letter, or undefined for the playground itself. */
  client: string | undefined;
  /** `note` is the playground speaking, not the program. */
  level: 'log' | 'info' | 'warn' | 'error' | 'debug' | 'note';
  text: string;
}

/**
 * Limits on the lines kept and on their characters in total; older lines are dropped, and the view says so. `line` limits the
 * characters of one line. The view gets new lines every `shownEvery` ms, because showing even a few takes time.
 */
export const logLimits = { entries: 500, characters: 100_000, line: 5_000, shownEvery: 100 };

/** The console of one playground. */
export class ConsoleLog {
  readonly entries = signal<readonly ConsoleEntry[]>([]);
  /** The number of lines dropped to make room for newer ones. */
  readonly dropped = signal(0);
  #pending: ConsoleEntry[] = [];
  #pendingDropped = 0;
  #lastId = 0;
  #shownAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Adds a line. It shows in this turn, or, if others have just been shown, a moment later together with those that follow. */
  add(level: ConsoleEntry['level'], text: string, client?: string): void {
    this.#pending.push({ id: ++this.#lastId, client, level, text: cut(text, logLimits.line) });
    if (this.#pending.length > 2 * logLimits.entries) this.#trimPending();
    if (this.#timer !== undefined) return;
    const wait = this.#shownAt + logLimits.shownEvery - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#show(), wait);
    else if (this.#pending.length === 1) queueMicrotask(() => this.#show());
  }

  /** Returns the newest line of this level, whether it is shown yet or not. */
  latest(level: ConsoleEntry['level']): ConsoleEntry | undefined {
    const isOfLevel = (entry: ConsoleEntry): boolean => entry.level === level;
    return this.#pending.findLast(isOfLevel) ?? this.entries.peek().findLast(isOfLevel);
  }

  clear(): void {
    this.#pending = [];
    this.#pendingDropped = 0;
    this.#shownAt = -Infinity;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.entries.value = [];
    this.dropped.value = 0;
  }

  #trimPending(): void {
    this.#pendingDropped += this.#pending.length - logLimits.entries;
    this.#pending = this.#pending.slice(-logLimits.entries);
  }

  #show(): void {
    this.#timer = undefined;
    if (this.#pending.length === 0) return;
    this.#shownAt = performance.now();
    const all = [...this.entries.value, ...this.#pending.splice(0)];
    const first = firstKept(all);
    batch(() => {
      this.dropped.value += this.#pendingDropped + first;
      this.entries.value = all.slice(first);
    });
    this.#pendingDropped = 0;
  }
}

/** Returns the index of the first entry to keep: the newest entries that fit the limits. */
function firstKept(entries: readonly ConsoleEntry[]): number {
  let characters = 0;
  let first = entries.length;
  while (first > 0 && entries.length - first < logLimits.entries) {
    characters += entries[first - 1]?.text.length ?? 0;
    if (characters > logLimits.characters) break;
    first--;
  }
  return first;
}

/** Returns what the console says about an error of the reader's program: where, what, and the kind if that is not obvious. */
export function errorText(file: string, error: Extract<WorkerItem, { type: 'error' }>): string {
  const place =
    error.line === undefined
      ? ''
      : ` (${file}, line ${error.line}${error.column === undefined ? '' : `, column ${error.column}`})`;
  const rejected = error.kind === 'rejected' ? 'A promise was rejected and nobody handled it: ' : '';
  const described = error.message === '' ? error.name : `${error.name}: ${error.message}`;
  return `${rejected}${described}${place}`;
}
