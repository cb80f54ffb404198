/** The transcript as a list, to read line by line or step through with the keys; the picture follows along. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { indexOf } from '../../../protocol/trace/flight-index.ts';
import { lowerBound } from '../../../protocol/collections/binary-search.ts';
import type { Player } from '../player/player.ts';
import { formatTime } from '../words/time.ts';
import { lineWords } from '../words/transcript-words.ts';
import { type Line, Transcript, timeOf } from '../words/transcript.ts';
import { WindowBar, windowAround } from './RowWindow.tsx';

/** How many lines Page Up and Page Down move by. */
const pageStep = 20;

export function TranscriptView({ player }: { player: Player }) {
  const conversation = player.conversation.written.value;
  void player.changed.value;
  const { trace, index } = player.source;
  const transcript = useMemo(() => new Transcript(index ?? indexOf(trace)), [trace]);
  const list = useRef<HTMLOListElement>(null);
  /** The line that the reader stepped to; undefined follows the moment shown. */
  const chosen = useSignal<Line | undefined>(undefined);
  const takesFocus = useRef(false);
  useMemo(() => void (chosen.value = undefined), [trace]);

  transcript.read(trace.events);
  const lines = transcript.lines();
  const now = player.clock.position + 1e-6;
  const shown = lowerBound(lines.length, (i) => timeOf(lines[i] as Line) > now) - 1;
  const current = Math.max(0, chosen.value ? lines.indexOf(chosen.value) : shown);
  const { from, to } = windowAround(current, lines.length);

  useLayoutEffect(() => {
    const line = list.current?.querySelector<HTMLElement>('[aria-current]');
    const box = list.current?.parentElement;
    // `scrollIntoView` would scroll the page too.
    if (!line || !box) return;
    const { offsetTop: top, offsetHeight: height } = line;
    if (top < box.scrollTop || top + height > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 2;
  }, [current]);
  useLayoutEffect(() => {
    if (!takesFocus.current) return;
    takesFocus.current = false;
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  });

  const goTo = (index: number): void => {
    const line = lines[Math.max(0, Math.min(index, lines.length - 1))];
    if (!line) return;
    chosen.value = line;
    takesFocus.current = true;
    player.goTo(timeOf(line), line.of === 'event' ? undefined : line.flight?.id);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + pageStep,
      PageUp: current - pageStep,
      Home: 0,
      End: lines.length - 1,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    goTo(next);
  };

  return (
    <div class="tl-text" role="region" aria-label="The run as text">
      <WindowBar from={from} to={to} length={lines.length} of="Lines" onShow={goTo} />
      {lines.length === 0 && <p class="tl-left-out">Nothing has happened yet.</p>}
      {lines.length > 0 && conversation.uncertaintyMs > 0 && (
        <p class="tl-left-out">Server times are known to ± {formatTime(conversation.uncertaintyMs)}.</p>
      )}
      <ol ref={list} start={from + 1} onKeyDown={onKey}>
        {lines.slice(from, to).map((line, i) => (
          <li key={from + i} class={lineClass(line)}>
            <button
              type="button"
              tabIndex={from + i === current ? 0 : -1}
              aria-current={from + i === current ? 'step' : undefined}
              onClick={() => goTo(from + i)}
            >
              {lineWords(line, conversation)}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function lineClass(line: Line): string {
  const direction = line.of === 'event' ? undefined : line.flight?.direction;
  return direction === undefined ? '' : direction === 'client-to-server' ? 'tl-row-c2s' : 'tl-row-s2c';
}
