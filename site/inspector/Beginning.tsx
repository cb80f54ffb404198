/**
 * Shows the beginning of a text and how much there is: a peer may send megabytes, and a page can show a few thousand characters
 * at once.
 */
import { useState } from 'preact/hooks';
import { formatCount } from '../../protocol/words/count.ts';

/** Shows `step` characters, and as many more at each press. */
export function Beginning({ of: text, step = 4000 }: { of: string; step?: number }) {
  const [shown, setShown] = useState(step);
  if (text.length <= shown) return <>{text}</>;
  // Do not cut a character in two.
  const isCut = /[\ud800-\udbff]/.test(text.charAt(shown - 1));
  return (
    <>
      {text.slice(0, isCut ? shown - 1 : shown)}
      <span class="fi-cut">… {formatCount(text.length - shown)} characters more </span>
      <button type="button" class="fi-button" onClick={() => setShown(shown + step)}>
        Show more
      </button>
    </>
  );
}
