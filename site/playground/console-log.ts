/** The lines of a playground's console: bounded, and handed to the view once a turn however many come. */
import { signal } from '@preact/signals';
import type { WorkerItem } from '../../protocol/runner-messages.ts';

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

/** Lines kept; older ones go, and the view says so. */
export const mostEntries = 500;

/** The console of one playground. */
export class ConsoleLog {
  readonly entries = signal<readonly ConsoleEntry[]>([]);
  /** Lines that have gone for newer ones. */
  readonly dropped = signal(0);
  #pending: ConsoleEntry[] = [];
  #lastId = 0;

  add(level: ConsoleEntry['level'], text: string, client?: string): void {
    this.#pending.push({ id: ++this.#lastId, client, level, text });
    if (this.#pending.length === 1) queueMicrotask(() => this.#flush());
  }

  clear(): void {
    this.#pending = [];
    this.entries.value = [];
    this.dropped.value = 0;
  }

  #flush(): void {
    const all = [...this.entries.value, ...this.#pending.splice(0)];
    this.dropped.value += Math.max(0, all.length - mostEntries);
    this.entries.value = all.slice(-mostEntries);
  }
}

/** What an error of the reader's program says on the console: where, what, and of which kind where that is not plain. */
export function errorText(file: string, error: Extract<WorkerItem, { type: 'error' }>): string {
  const place =
    error.line === undefined
      ? ''
      : ` (${file}, line ${error.line}${error.column === undefined ? '' : `, column ${error.column}`})`;
  const rejected = error.kind === 'rejected' ? 'A promise was rejected and nobody handled it: ' : '';
  const described = error.message === '' ? error.name : `${error.name}: ${error.message}`;
  return `${rejected}${described}${place}`;
}
