/** The keyboard shortcuts while the timeline has the focus. */
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

/** Returns the key's name in `keys`; arrow keys pressed with Shift begin with `Shift+`. */
export const keyOf = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string =>
  shiftKey && key.startsWith('Arrow') ? `Shift+${key}` : key;

const on = (keys: readonly string[], act: (actors: Actors) => void) => ({ keys, act });

/** Each shortcut by its name: `KeyboardEvent.key`s that all do the same, and what they do. `panels/shortcut-words.ts` says it. */
export const shortcuts = {
  play: on([' ', 'k'], ({ player }) => player.togglePlaying()),
  next: on(['.'], ({ player }) => player.step(1)),
  previous: on([','], ({ player }) => player.step(-1)),
  faster: on(['>'], ({ player }) => player.changeSpeed(1)),
  slower: on(['<'], ({ player }) => player.changeSpeed(-1)),
  follow: on(['f'], ({ player }) => player.control((clock) => clock.setFollow(!clock.follow))),
  nextFrame: on(['ArrowRight', 'ArrowDown'], ({ player }) => player.selectBy(1)),
  frameBefore: on(['ArrowLeft', 'ArrowUp'], ({ player }) => player.selectBy(-1)),
  firstFrame: on(['Home'], ({ player }) => player.selectBy(-Infinity)),
  lastFrame: on(['End'], ({ player }) => player.selectBy(Infinity)),
  less: on(['+', '='], ({ player }) => player.view.zoom(0.5)),
  more: on(['-'], ({ player }) => player.view.zoom(2)),
  whole: on(['0'], ({ player }) => player.view.showWhole()),
  later: on(['Shift+ArrowRight', 'Shift+ArrowDown', 'PageDown'], ({ player }) => player.view.panBy(0.25)),
  earlier: on(['Shift+ArrowLeft', 'Shift+ArrowUp', 'PageUp'], ({ player }) => player.view.panBy(-0.25)),
  from: on(['['], ({ player }) => player.selection.setEnd('from')),
  to: on([']'], ({ player }) => player.selection.setEnd('to')),
  span: on(['s'], ({ player }) => player.selection.toggle()),
  none: on(['Escape'], ({ player, selected }) => {
    selected.value = undefined;
    player.selection.clear();
  }),
  table: on(['t'], ({ toggle }) => toggle('table')),
  text: on(['l'], ({ toggle }) => toggle('text')),
  keys: on(['?'], ({ toggle }) => toggle('keys')),
};

const byKey = new Map(Object.values(shortcuts).flatMap((one) => one.keys.map((key) => [key, one] as const)));

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
