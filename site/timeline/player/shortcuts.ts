/** The keyboard shortcuts while the timeline has the focus. The list that the reader sees is made from this one. */
import type { Signal } from '@preact/signals';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { Player } from './player.ts';

/** The things that a key acts on. */
export interface Actors {
  player: Player;
  selected: Signal<Flight | undefined>;
  /** Shows or hides the table, the text, or the list of these keys. */
  toggle: (what: 'table' | 'text' | 'keys') => void;
}

/** A shortcut; its `keys` are `KeyboardEvent.key`s that all do the same. */
export interface Shortcut {
  keys: readonly string[];
  /** The keys as written for the reader. */
  written: readonly string[];
  does: string;
  act: (actors: Actors) => void;
}

/** Returns the key's name in `keys`; arrow keys pressed with Shift begin with `Shift+`. */
export const keyOf = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string =>
  shiftKey && key.startsWith('Arrow') ? `Shift+${key}` : key;

const shortcut = (
  keys: readonly string[],
  written: readonly string[],
  does: string,
  act: (actors: Actors) => void,
): Shortcut => ({ keys, written, does, act });

export const shortcuts: readonly Shortcut[] = [
  shortcut([' ', 'k'], ['Space', 'K'], 'Play or pause', ({ player }) => player.togglePlaying()),
  shortcut(['.'], ['.'], 'Next event', ({ player }) => player.step(1)),
  shortcut([','], [','], 'Previous event', ({ player }) => player.step(-1)),
  shortcut(['>'], ['>'], 'Faster', ({ player }) => player.changeSpeed(1)),
  shortcut(['<'], ['<'], 'Slower', ({ player }) => player.changeSpeed(-1)),
  shortcut(['f'], ['F'], 'Follow the run', ({ player }) => player.control((clock) => clock.setFollow(!clock.follow))),
  shortcut(['ArrowRight', 'ArrowDown'], ['→', '↓'], 'Choose the next frame', ({ player }) => player.selectBy(1)),
  shortcut(['ArrowLeft', 'ArrowUp'], ['←', '↑'], 'Choose the frame before', ({ player }) => player.selectBy(-1)),
  shortcut(['Home'], ['Home'], 'Choose the first frame', ({ player }) => player.selectBy(-Infinity)),
  shortcut(['End'], ['End'], 'Choose the last frame', ({ player }) => player.selectBy(Infinity)),
  shortcut(['+', '='], ['+'], 'Show less time', ({ player }) => player.view.zoom(0.5)),
  shortcut(['-'], ['−'], 'Show more time', ({ player }) => player.view.zoom(2)),
  shortcut(['0'], ['0'], 'Show the whole run', ({ player }) => player.view.showWhole()),
  shortcut(['Shift+ArrowRight', 'Shift+ArrowDown', 'PageDown'], ['Shift →', 'Page Down'], 'Look later', ({ player }) =>
    player.view.panBy(0.25),
  ),
  shortcut(['Shift+ArrowLeft', 'Shift+ArrowUp', 'PageUp'], ['Shift ←', 'Page Up'], 'Look earlier', ({ player }) =>
    player.view.panBy(-0.25),
  ),
  shortcut(['['], ['['], 'Begin the span at the moment shown', ({ player }) => player.selection.setEnd('from')),
  shortcut([']'], [']'], 'End the span at the moment shown', ({ player }) => player.selection.setEnd('to')),
  shortcut(['s'], ['S'], 'Select a span, or none', ({ player }) => player.selection.toggle()),
  shortcut(['Escape'], ['Esc'], 'Choose no frame and no span', ({ player, selected }) => {
    selected.value = undefined;
    player.selection.clear();
  }),
  shortcut(['t'], ['T'], 'Show as table', ({ toggle }) => toggle('table')),
  shortcut(['l'], ['L'], 'Show as text', ({ toggle }) => toggle('text')),
  shortcut(['?'], ['?'], 'These shortcuts', ({ toggle }) => toggle('keys')),
];

const byKey = new Map(shortcuts.flatMap((one) => one.keys.map((key) => [key, one] as const)));

/** Runs a key's shortcut. Returns whether it has one. */
export function actOn(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  actors: Actors,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const found = byKey.get(keyOf(event));
  found?.act(actors);
  return found !== undefined;
}
