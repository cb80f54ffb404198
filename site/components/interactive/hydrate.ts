/**
 * Makes pictures interactive. The page holds each as a still picture, which reads without a script. This script fetches the
 * interactive one when a pointer enters the picture or the reader presses its button.
 */
import type { ComponentType } from 'preact';
import { forgetFailed, sayFailed } from '../say-failed.ts';

/** An interactive picture. It takes the same `props` that drew the still one. */
type Picture = ComponentType<Record<string, unknown>>;

const pictures: Record<string, () => Promise<unknown>> = {
  frame: async () => (await import('./FramePicture.tsx')).FramePicture,
  mask: async () => (await import('./MaskPicture.tsx')).MaskPicture,
  accept: async () => (await import('./AcceptPicture.tsx')).AcceptPicture,
};

async function hydrate(element: HTMLElement, still: HTMLElement): Promise<void> {
  const [{ h, render }, picture] = await Promise.all([import('preact'), pictures[element.dataset['interactive'] ?? '']?.()]);
  const props = JSON.parse(element.dataset['props'] ?? '{}') as Record<string, unknown>;
  render(h(picture as Picture, props), still);
  element.dataset['awake'] = '';
}

for (const element of document.querySelectorAll<HTMLElement>('[data-interactive]')) {
  const still = element.querySelector<HTMLElement>('.ip-picture');
  if (!still) continue;
  let woken: Promise<void> | undefined;
  // Fetch again after a failure.
  const once = (): Promise<void> =>
    (woken ??= hydrate(element, still).catch((error: unknown) => {
      woken = undefined;
      throw error;
    }));
  // Listen on the picture alone: if a pointer on its way to the button woke it, the button would vanish during the press.
  still.addEventListener('pointerenter', () => void once().catch(() => undefined));
  element.querySelector('.ip-wake')?.addEventListener('click', () => {
    forgetFailed(element);
    void once().then(
      () => still.querySelector<HTMLElement>('input, [data-roving][tabindex="0"]')?.focus(),
      (problem: unknown) => sayFailed(element, problem),
    );
  });
}
