/**
 * Interactive pictures. The page holds each as a still picture, which reads without script; what makes it take input is fetched once
 * somebody comes near, or presses its button.
 */
import type { ComponentType } from 'preact';
import { forgetFailed, sayFailed } from '../say-failed.ts';

/** A picture, woken. `props` are those with which it was drawn as a still. */
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
  // Asked again where it could not be fetched.
  const once = (): Promise<void> =>
    (woken ??= hydrate(element, still).catch((error: unknown) => {
      woken = undefined;
      throw error;
    }));
  // Of the picture alone: woken by the way to its button, the button would be gone while it is pressed.
  still.addEventListener('pointerenter', () => void once().catch(() => undefined));
  element.querySelector('.ip-wake')?.addEventListener('click', () => {
    forgetFailed(element);
    void once().then(
      () => still.querySelector<HTMLElement>('input, [data-roving][tabindex="0"]')?.focus(),
      (problem: unknown) => sayFailed(element, problem),
    );
  });
}
