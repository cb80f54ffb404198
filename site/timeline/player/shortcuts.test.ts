import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { Player } from './player.ts';
import { shortcutWords } from '../panels/shortcut-words.ts';
import { type Actors, actOn, shortcuts } from './shortcuts.ts';

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const actors = (changes: Partial<Actors> = {}): Actors => ({
  player: {} as Player,
  selected: signal(undefined),
  toggle: () => undefined,
  ...changes,
});

test('no key does two things, and each thing is listed once', () => {
  const keys = Object.values(shortcuts).flatMap((shortcut) => shortcut.keys);
  expect(new Set(keys).size).toBe(keys.length);
  const words = Object.values(shortcutWords);
  expect(words).toHaveLength(Object.keys(shortcuts).length);
  expect(new Set(words.map(([, does]) => does)).size).toBe(words.length);
  for (const [written] of words) expect(written.length).toBeGreaterThan(0);
});

test('a key with Ctrl, Alt or Meta is the browser’s, and a key that does nothing is left alone', () => {
  const toggle = vi.fn();
  expect(actOn({ ...plain, key: '?' }, actors({ toggle }))).toBe(true);
  expect(actOn({ ...plain, key: 't', ctrlKey: true }, actors({ toggle }))).toBe(false);
  expect(actOn({ ...plain, key: 'q' }, actors({ toggle }))).toBe(false);
  expect(toggle.mock.calls).toEqual([['keys']]);
});

test('Shift and an arrow key move the view, the arrow key alone chooses a frame', () => {
  const player = { view: { panBy: vi.fn() }, selectBy: vi.fn() };
  const own = actors({ player: player as unknown as Player });
  actOn({ ...plain, key: 'ArrowRight', shiftKey: true }, own);
  actOn({ ...plain, key: 'ArrowRight' }, own);
  expect([player.view.panBy.mock.calls, player.selectBy.mock.calls]).toEqual([[[0.25]], [[1]]]);
});
