/** The selected span on the picture, with a handle at each end. */
import type { Player } from '../player/player.ts';
import type { Scale } from '../paint/canvas-stage.ts';
import { formatTime } from '../words/time.ts';

/** How many events Page Up and Page Down move by. */
const pageStep = 10;

export function SpanOverlay({ player }: { player: Player }) {
  const span = player.selection.span.value;
  const scale = player.scale.value;
  if (!span || !scale) return null;
  const across = scale.orientation === 'across';
  const from = clamp(scale, coordinate(scale, span.from));
  const to = clamp(scale, coordinate(scale, span.to));
  const style = across
    ? { left: `${from}px`, width: `${to - from}px`, top: 0, bottom: 0 }
    : { top: `${from}px`, height: `${to - from}px`, left: 0, right: 0 };
  return (
    <>
      <div class="tl-span" data-along={scale.orientation} style={style} />
      <Handle player={player} end="from" name="Span start" at={from} scale={scale} />
      <Handle player={player} end="to" name="Span end" at={to} scale={scale} />
    </>
  );
}

function Handle({
  player,
  end,
  name,
  at,
  scale,
}: {
  player: Player;
  end: 'from' | 'to';
  name: string;
  at: number;
  scale: Scale;
}) {
  const span = player.selection.span.value;
  if (!span) return null;
  const across = scale.orientation === 'across';
  const moment = span[end];
  const moveTo = (to: number): void =>
    end === 'from'
      ? player.selection.select(Math.min(to, span.to), span.to)
      : player.selection.select(span.from, Math.max(to, span.from));
  const onKey = (event: KeyboardEvent): void => {
    const act: Record<string, () => number> = {
      ArrowRight: () => player.eventFrom(moment, 1),
      ArrowDown: () => player.eventFrom(moment, 1),
      ArrowLeft: () => player.eventFrom(moment, -1),
      ArrowUp: () => player.eventFrom(moment, -1),
      PageDown: () => player.eventFrom(moment, pageStep),
      PageUp: () => player.eventFrom(moment, -pageStep),
      Home: () => 0,
      End: () => player.clock.end,
    };
    const to = act[event.key];
    if (event.key === 'Escape') player.selection.clear();
    else if (to) moveTo(to());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onDrag = (event: PointerEvent): void => {
    const handle = event.currentTarget as HTMLElement;
    event.stopPropagation();
    if (event.type === 'pointerdown') handle.setPointerCapture(event.pointerId);
    else if (handle.hasPointerCapture(event.pointerId)) {
      const box = handle.parentElement?.getBoundingClientRect();
      if (box) moveTo(timeOfCoordinate(scale, across ? event.clientX - box.left : event.clientY - box.top));
    }
  };
  return (
    <div
      class="tl-handle"
      role="slider"
      tabIndex={0}
      data-along={scale.orientation}
      data-end={end}
      style={across ? { left: `${at}px` } : { top: `${at}px` }}
      aria-label={name}
      aria-orientation={across ? 'horizontal' : 'vertical'}
      aria-valuemin={0}
      aria-valuemax={Math.round(player.clock.end)}
      aria-valuenow={Math.round(moment)}
      aria-valuetext={formatTime(moment)}
      onKeyDown={onKey}
      onPointerDown={onDrag}
      onPointerMove={onDrag}
      onPointerUp={(event) => event.stopPropagation()}
    />
  );
}

const coordinate = ({ from, to, start, end }: Scale, ms: number): number => start + ((ms - from) / (to - from)) * (end - start);
const timeOfCoordinate = ({ from, to, start, end }: Scale, at: number): number =>
  from + ((at - start) / (end - start)) * (to - from);
const clamp = ({ start, end }: Scale, at: number): number => Math.min(Math.max(at, start), end);
