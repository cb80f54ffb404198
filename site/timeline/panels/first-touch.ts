/** Whether the reader has touched the page: what it is played with is fetched then, and not before. */
import { signal } from '@preact/signals';

const isTouched = signal(false);

/** Becomes true with the first sign of a hand; scrolling is none, since it is reading. */
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
