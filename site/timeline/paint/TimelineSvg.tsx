/** Paints a layout as SVG, for files and for the page before or without scripts. Colours are the page's custom properties. */
import { leftOutWords } from '../words/left-out.ts';
import { cornersOf } from '../layout/marks.ts';
import type { BarMark, FrameMark, Layout, Line, Point, PointMark, Rect } from '../layout/marks.ts';
import { SvgPath, half } from './svg-path.ts';
import { arrowBase, doubleOffset, parallel, shortened, wayOf } from './strokes.ts';

const path = <T,>(items: readonly T[], draw: (data: SvgPath, item: T) => SvgPath): string =>
  String(items.reduce(draw, new SvgPath()));
const segment = (data: SvgPath, line: Line): SvgPath => data.segment(line);
const box = (data: SvgPath, rect: Rect): SvgPath => data.box(rect);
/** Adds a box without an outline, unless it has no extent and so nothing would show. */
const fill = (data: SvgPath, rect: Rect): SvgPath => (half(rect.width) && half(rect.height) ? data.box(rect) : data);

function head(data: SvgPath, line: Line): SvgPath {
  return data.polygon([line[1], ...arrowBase(line)]);
}

function cross(data: SvgPath, { x, y }: Point): SvgPath {
  const centre = { x: half(x), y: half(y) };
  const corner = (dx: number, dy: number): Point => ({ x: centre.x + dx, y: centre.y + dy });
  return data.segment([corner(-4, -4), corner(4, 4)]).segment([corner(4, -4), corner(-4, 4)]);
}

interface FramesProps {
  name: string;
  marks: readonly FrameMark[];
  double?: boolean;
  banded?: boolean;
}

/** Draws the frames of one look and direction with as few paths as possible; HTTP frames lie on a broad band. */
function Frames({ name, marks, double = false, banded = false }: FramesProps) {
  const drawn = marks.filter(({ state }) => state === 'received' || state === 'unfinished');
  if (drawn.length === 0) return null;
  const lineOf = (mark: FrameMark): Line => wayOf(mark) as Line;
  const shaft = (mark: FrameMark): Line => (mark.state === 'received' ? shortened(lineOf(mark), 5) : lineOf(mark));
  const strokes = (lines: readonly Line[]): readonly Line[] =>
    double ? lines.flatMap((line) => [parallel(line, doubleOffset), parallel(line, -doubleOffset)]) : lines;
  const [sure, resent] = [false, true].map((was) => drawn.filter((mark) => mark.resent > 0 === was).map(shaft)) as [
    Line[],
    Line[],
  ];
  const arrivals = (continues: boolean): Line[] =>
    drawn.filter((mark) => mark.state === 'received' && mark.continues === continues).map(lineOf);
  return (
    <g class={name}>
      {banded && <path class="tl-band" d={path(drawn.map(lineOf), segment)} />}
      <path class="tl-way" d={path(strokes(sure), segment)} />
      {resent.length > 0 && <path class="tl-way tl-resent" d={path(strokes(resent), segment)} />}
      <path class="tl-tip" d={path(arrivals(false), head)} />
      {arrivals(true).length > 0 && <path class="tl-tip tl-hollow" d={path(arrivals(true), head)} />}
    </g>
  );
}

function PointShape({ at: { x, y }, kind, across }: PointMark & { across: boolean }) {
  if (kind === 'cut') return <path class="tl-trouble" d={path([{ x, y }], cross)} />;
  if (kind === 'aborted') return <path class="tl-closed" d={path([{ x, y }], cross)} />;
  if (kind === 'omitted') return <path class="tl-note" d={`M${half(x) - 5} ${half(y) - 3}l5-6l5 6z`} />;
  return <path class="tl-closed" d={across ? `M${half(x)} ${half(y) - 6}v12` : `M${half(x) - 6} ${half(y)}h12`} />;
}

/** Draws where frames waited for their turn. */
function Waits({ marks, direction }: { marks: readonly FrameMark[]; direction: FrameMark['direction'] }) {
  const own = marks.filter((mark) => mark.direction === direction);
  if (own.length === 0) return null;
  const name = direction === 'client-to-server' ? 'tl-wait-c2s' : 'tl-wait-s2c';
  return <path class={name} d={path(own, (data, { sent, departed }) => data.segment([sent, departed as Point]))} />;
}

/** Draws what an end holds and for how long: the bars of one look as one path. */
function Bars({ marks }: { marks: readonly BarMark[] }) {
  return (
    <>
      {(['open', 'held', 'floor', 'air', 'lost'] as const).map((look) => {
        const rects = marks.flatMap((mark) => (mark.look === look ? [mark.rect] : []));
        return rects.length > 0 && <path class={`tl-bar tl-${look}`} d={path(rects, box)} />;
      })}
    </>
  );
}

/** Draws what waits at an end, which frames are one message, and where a link broke. */
function Queues({ layout }: { layout: Layout }) {
  return (
    <>
      {layout.queues.map(({ direction, outline }) => (
        <path
          class={`tl-queue ${direction === 'client-to-server' ? 'tl-c2s-queue' : 'tl-s2c-queue'}`}
          d={path([cornersOf(outline)], (data, corners) => data.polygon(corners))}
        />
      ))}
      {layout.messages.map(({ direction, line }) => (
        <path
          class={`tl-message ${direction === 'client-to-server' ? 'tl-wait-c2s' : 'tl-wait-s2c'}`}
          d={path([line], segment)}
        />
      ))}
      {layout.breaks.map(({ line, kind }) => (
        <path class={`tl-break tl-${kind}`} d={path([line], segment)} />
      ))}
    </>
  );
}

/** Draws the whole layout. `title` and `description` are its text alternative. */
export function TimelineSvg({
  layout,
  id,
  title,
  description,
  shape = layout.orientation,
}: {
  layout: Layout;
  id: string;
  /** Names the picture for the style sheet. */
  shape?: 'across' | 'down' | 'wide';
  title: string;
  description: string;
}) {
  const { width, height, orientation, frames, strips } = layout;
  const lost = frames.filter(({ state }) => state === 'dropped' || state === 'lost');
  const waited = frames.filter(({ sent, departed }) => departed && Math.hypot(departed.x - sent.x, departed.y - sent.y) > 1.5);
  const of = (direction: FrameMark['direction'], look: FrameMark['look']) =>
    frames.filter((mark) => mark.direction === direction && mark.look === look);
  const answers = of('server-to-client', 'http');
  const missing = leftOutWords({ frames: layout.leftOut, connections: layout.unplaced, events: 0 });
  return (
    <svg viewBox={`0 0 ${width} ${height}`} class={`tl-svg tl-${shape}`} role="img" aria-labelledby={`${id}-t ${id}-d`}>
      <title id={`${id}-t`}>{title}</title>
      <desc id={`${id}-d`}>{description}</desc>
      <path class="tl-grid" d={path(layout.grid, segment)} />
      {layout.both.length > 0 && <path class="tl-both-ground" d={path(layout.both, fill)} />}
      <path class="tl-lane" d={path(layout.lanes, (data, { line }) => data.segment(line))} />
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
          fill,
        )}
      />
      <path
        class="tl-s2c-fill"
        d={path(
          strips.flatMap((strip) => strip['server-to-client']),
          fill,
        )}
      />
      <path
        class="tl-both-fill"
        d={path(
          strips.flatMap(({ both }) => both),
          fill,
        )}
      />
      <Waits marks={waited} direction="client-to-server" />
      <Waits marks={waited} direction="server-to-client" />
      <Frames name="tl-c2s tl-handshake" marks={of('client-to-server', 'handshake')} />
      <Frames name="tl-s2c tl-handshake" marks={of('server-to-client', 'handshake').filter(({ refused }) => !refused)} />
      <Frames name="tl-s2c tl-refused" double marks={of('server-to-client', 'handshake').filter(({ refused }) => refused)} />
      <Bars marks={layout.bars} />
      <Queues layout={layout} />
      <Frames name="tl-c2s" banded marks={of('client-to-server', 'http')} />
      <Frames name="tl-s2c" banded double marks={answers.filter(({ refused }) => !refused)} />
      <Frames name="tl-s2c tl-refused" banded double marks={answers.filter(({ refused }) => refused)} />
      <Frames name="tl-c2s" marks={of('client-to-server', 'data')} />
      <Frames name="tl-s2c" marks={of('server-to-client', 'data')} double />
      <Frames name="tl-control" marks={frames.filter(({ look }) => look === 'control')} />
      {lost.length > 0 && (
        <path class="tl-trouble" d={path(lost, (data, mark) => cross(data.segment(wayOf(mark) as Line), mark.end as Point))} />
      )}
      {layout.clock && <path class="tl-clock" d={path(layout.clock, segment)} />}
      {layout.points.map((mark) => (
        <PointShape {...mark} across={orientation === 'across'} />
      ))}
      {layout.texts.map(({ at, text, anchor, role }) => (
        <text class={`tl-t-${role}`} x={half(at.x)} y={half(at.y)} {...(anchor !== 'start' && { 'text-anchor': anchor })}>
          {text}
        </text>
      ))}
      {missing && (
        <text class="tl-t-note" x={width - 4} y={12} text-anchor="end">
          {missing}
        </text>
      )}
    </svg>
  );
}
