/** Paints a layout as SVG: for the page before and without any script, and for files. Colours are the page's custom properties. */
import type { FrameMark, HeldMark, Layout, Line, Point, PointMark, Rect } from './marks.ts';
import { arrowBase, doubleOffset, parallel, shortened, wayOf } from './strokes.ts';

/** Half pixels are exact enough to be read, and short to be sent. */
const n = (value: number): number => Math.round(value * 2) / 2;

const segment = ([a, b]: Line): string => `M${n(a.x)} ${n(a.y)}L${n(b.x)} ${n(b.y)}`;
const box = ({ x, y, width, height }: Rect): string => `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${-n(width)}z`;
const path = <T,>(items: readonly T[], draw: (item: T) => string): string => items.map(draw).join('');

function head(line: Line): string {
  const [left, right] = arrowBase(line);
  return `M${n(line[1].x)} ${n(line[1].y)}L${n(left.x)} ${n(left.y)}L${n(right.x)} ${n(right.y)}z`;
}

interface FramesProps {
  name: string;
  marks: readonly FrameMark[];
  double?: boolean;
  banded?: boolean;
}

const cross = ({ x, y }: Point): string => `M${n(x) - 4} ${n(y) - 4}l8 8m0-8l-8 8`;

/** The frames of one look and direction, as few paths as can be; those of HTTP with a band of their breadth under them. */
function Frames({ name, marks, double = false, banded = false }: FramesProps) {
  const arrived = marks.filter(({ state }) => state === 'received').map((mark) => wayOf(mark) as Line);
  const unfinished = marks.filter(({ state }) => state === 'unfinished').map((mark) => wayOf(mark) as Line);
  const lines = [...arrived.map((line) => shortened(line, 5)), ...unfinished];
  if (lines.length === 0) return null;
  const strokes = double ? lines.flatMap((line) => [parallel(line, doubleOffset), parallel(line, -doubleOffset)]) : lines;
  return (
    <g class={name}>
      {banded && <path class="tl-band" d={path([...arrived, ...unfinished], segment)} />}
      <path class="tl-way" d={path(strokes, segment)} />
      <path class="tl-tip" d={path(arrived, head)} />
    </g>
  );
}

function PointShape({ at: { x, y }, kind, across }: PointMark & { across: boolean }) {
  if (kind === 'cut') return <path class="tl-trouble" d={cross({ x, y })} />;
  if (kind === 'aborted') return <path class="tl-closed" d={cross({ x, y })} />;
  if (kind === 'omitted') return <path class="tl-note" d={`M${n(x) - 5} ${n(y) - 3}l5-6l5 6z`} />;
  return <path class="tl-closed" d={across ? `M${n(x)} ${n(y) - 6}v12` : `M${n(x) - 6} ${n(y)}h12`} />;
}

/** Where frames waited for their turn. */
function Waits({ marks, direction }: { marks: readonly FrameMark[]; direction: FrameMark['direction'] }) {
  const own = marks.filter((mark) => mark.direction === direction);
  if (own.length === 0) return null;
  const name = direction === 'client-to-server' ? 'tl-wait-c2s' : 'tl-wait-s2c';
  return <path class={name} d={path(own, ({ sent, departed }) => segment([sent, departed as Point]))} />;
}

/** What the server has in its hands: held, then being answered. */
function Held({ marks }: { marks: readonly HeldMark[] }) {
  const [held, open] = [marks.flatMap((mark) => mark.held ?? []), marks.flatMap((mark) => mark.open ?? [])];
  return (
    <>
      {open.length > 0 && <path class="tl-open" d={path(open, box)} />}
      {held.length > 0 && <path class="tl-held" d={path(held, box)} />}
    </>
  );
}

/** A picture of the whole layout. `title` and `description` are its text alternative. */
export function TimelineSvg({
  layout,
  id,
  title,
  description,
}: {
  layout: Layout;
  id: string;
  title: string;
  description: string;
}) {
  const { width, height, orientation, frames, strips } = layout;
  const lost = frames.filter(({ state }) => state === 'dropped' || state === 'lost');
  const waited = frames.filter(({ sent, departed }) => departed && Math.hypot(departed.x - sent.x, departed.y - sent.y) > 1.5);
  const of = (direction: FrameMark['direction'], look: FrameMark['look']) =>
    frames.filter((mark) => mark.direction === direction && mark.look === look);
  const answers = of('server-to-client', 'http');
  return (
    <svg viewBox={`0 0 ${width} ${height}`} class={`tl-svg tl-${orientation}`} role="img" aria-labelledby={`${id}-t ${id}-d`}>
      <title id={`${id}-t`}>{title}</title>
      <desc id={`${id}-d`}>{description}</desc>
      <path class="tl-grid" d={path(layout.grid, segment)} />
      {layout.both.length > 0 && <path class="tl-both-ground" d={path(layout.both, box)} />}
      <path class="tl-lane" d={path(layout.lanes, ({ line }) => segment(line))} />
      <path
        class="tl-life"
        d={path(
          layout.lanes.flatMap(({ lives }) => lives),
          segment,
        )}
      />
      <path
        class="tl-c2s-fill"
        d={path(
          strips.flatMap((strip) => strip['client-to-server']),
          box,
        )}
      />
      <path
        class="tl-s2c-fill"
        d={path(
          strips.flatMap((strip) => strip['server-to-client']),
          box,
        )}
      />
      <path
        class="tl-both-fill"
        d={path(
          strips.flatMap(({ both }) => both),
          box,
        )}
      />
      <Waits marks={waited} direction="client-to-server" />
      <Waits marks={waited} direction="server-to-client" />
      <Frames name="tl-c2s tl-handshake" marks={of('client-to-server', 'handshake')} />
      <Frames name="tl-s2c tl-handshake" marks={of('server-to-client', 'handshake')} />
      <Held marks={layout.held} />
      <Frames name="tl-c2s" banded marks={of('client-to-server', 'http')} />
      <Frames name="tl-s2c" banded double marks={answers.filter(({ refused }) => !refused)} />
      <Frames name="tl-s2c tl-refused" banded double marks={answers.filter(({ refused }) => refused)} />
      <Frames name="tl-c2s" marks={of('client-to-server', 'data')} />
      <Frames name="tl-s2c" marks={of('server-to-client', 'data')} double />
      <Frames name="tl-control" marks={frames.filter(({ look }) => look === 'control')} />
      {lost.length > 0 && (
        <path class="tl-trouble" d={path(lost, (mark) => segment(wayOf(mark) as Line) + cross(mark.end as Point))} />
      )}
      {layout.points.map((mark) => (
        <PointShape {...mark} across={orientation === 'across'} />
      ))}
      {layout.texts.map(({ at, text, anchor, role }) => (
        <text class={`tl-t-${role}`} x={n(at.x)} y={n(at.y)} {...(anchor !== 'start' && { 'text-anchor': anchor })}>
          {text}
        </text>
      ))}
    </svg>
  );
}
