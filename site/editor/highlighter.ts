/** The highlighter, fetched only when code is about to change: what the server wrote is already coloured. */
import { signal } from '@preact/signals';
import type { highlight } from './highlight.ts';

/** Undefined until it has loaded. */
export const highlighter = signal<typeof highlight | undefined>(
  import.meta.env.SSR ? (await import('./highlight.ts')).highlight : undefined,
);

let coming: Promise<void> | undefined;

/** Fetches the highlighter; without it code has one colour, and nothing else is missing. */
export function fetchHighlighter(): void {
  if (highlighter.peek()) return;
  coming ??= import('./highlight.ts').then(
    (module) => void (highlighter.value = module.highlight),
    () => (coming = undefined),
  );
}
