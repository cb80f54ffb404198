/** The hints of an exercise, one more with each press of the button. Screen readers announce only the new one. */
import type { Signal } from '@preact/signals';

interface Props {
  hints: readonly string[];
  /** How many are shown. */
  shown: Signal<number>;
}

/** The button that shows the next hint. It stays when no hint is left, so that keyboard focus is not lost. */
export function HintButton({ hints, shown }: Props) {
  const isLast = shown.value >= hints.length;
  return (
    <button type="button" class="pg-button" aria-disabled={isLast} onClick={() => isLast || shown.value++}>
      {isLast ? 'No more hints' : `Hint ${shown.value + 1} of ${hints.length}`}
    </button>
  );
}

export function HintList({ hints, shown }: Props) {
  return (
    <ol class="pg-hints" aria-label="Hints" aria-live="polite">
      {hints.slice(0, shown.value).map((hint) => (
        <li key={hint}>{hint.split('`').map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</li>
      ))}
    </ol>
  );
}
