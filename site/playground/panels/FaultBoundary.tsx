/** Wraps a part of the playground. If the part fails to render, a message takes its place and the rest goes on. */
import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { wordsOf } from '../faults.ts';

interface Props {
  /** The part's name, as the start of a sentence. */
  what: string;
  /** `sentence` says what failed and what to do. */
  onFault: (sentence: string) => void;
  children: ComponentChildren;
}

export function FaultBoundary({ what, onFault, children }: Props) {
  const sentence = (thrown: unknown): string =>
    `${what} could not be drawn (${wordsOf(thrown)}), which is no fault of your program. Reload the page and try again.`;
  const [thrown, tryAgain] = useErrorBoundary((error: unknown) => onFault(sentence(error)));
  return thrown === undefined ? (
    <>{children}</>
  ) : (
    <p class="pg-fault" role="alert">
      {sentence(thrown)}{' '}
      <button type="button" class="pg-button pg-small" onClick={tryAgain}>
        Try again
      </button>
    </p>
  );
}
