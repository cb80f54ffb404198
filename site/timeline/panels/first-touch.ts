/** Whether the reader has touched the page: the code that plays it is not fetched before then. */
import { signal } from '@preact/signals';

const isTouched = signal(false);

/** Becomes true at the first sign of a hand; scrolling does not count, since it is reading. */
export const touched: { readonly value: boolean } = isTouched;

const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;

if (typeof document !== 'undefined') {
  const listening = new AbortController();
  const note = (): void => {
    listening.abort();
    isTouched.value = true;
  };
  for (const sign of signs) document.addEventListener(sign, note, { signal: listening.signal, passive: true, capture: true });
}
