/** The highlighter, fetched when code is about to change: what the server wrote has its colours already. */
import { signal } from '@preact/signals';
import type { highlight } from './highlight.ts';

/** Undefined until it is there. */
export const highlighter = signal<typeof highlight | undefined>(
  import.meta.env.SSR ? (await import('./highlight.ts')).highlight : undefined,
);

let coming: Promise<void> | undefined;

/** Fetches it; without it code is in one colour, and nothing else is missing. */
export function fetchHighlighter(): void {
  if (highlighter.peek()) return;
  coming ??= import('./highlight.ts').then(
    (module) => void (highlighter.value = module.highlight),
    () => (coming = undefined),
  );
}
