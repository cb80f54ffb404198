/** Part of a long list: as many rows as a page can hold, and buttons that show the rows before and after. */

import { formatCount } from '../../../protocol/words/count.ts';

/** Rows shown at a time. */
export const windowSize = 200;

/** Returns the window onto `length` rows that holds the row `at`. */
export function windowAround(at: number, length: number): { from: number; to: number } {
  const from = Math.max(0, Math.floor(Math.min(at, length - 1) / windowSize) * windowSize);
  return { from, to: Math.min(from + windowSize, length) };
}

interface Props {
  from: number;
  to: number;
  length: number;
  /** What the rows are, such as `frames`. */
  of: string;
  onShow: (row: number) => void;
}

/** Says which rows are shown, unless all of them are. */
export function WindowBar({ from, to, length, of, onShow }: Props) {
  if (length <= windowSize) return null;
  return (
    <p class="tl-window">
      <span>
        {of} {formatCount(from + 1)} to {formatCount(to)} of {formatCount(length)}
      </span>
      <button type="button" class="tl-button tl-worded" aria-disabled={from === 0} onClick={() => from > 0 && onShow(from - 1)}>
        Earlier
      </button>
      <button type="button" class="tl-button tl-worded" aria-disabled={to === length} onClick={() => to < length && onShow(to)}>
        Later
      </button>
    </p>
  );
}
