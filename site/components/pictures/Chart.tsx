/** The frame of a small chart over time: shapes stretch with its width and height, words keep their size. */
import type { ComponentChildren } from 'preact';

/** A mark on an axis, and its label. */
export interface Tick {
  at: number;
  label: string;
}

interface Props {
  /** What the picture says, for readers who cannot see it. */
  summary: string;
  /** Where the axes end; they begin at 0. */
  most: { x: number; y: number };
  ticks: { x: readonly Tick[]; y: readonly Tick[] };
  /** Colour and name of each kind of shape. */
  legend: readonly { kind: string; name: string }[];
  /** SVG shapes in a box of `most.x` × `most.y`, y upwards. */
  children: ComponentChildren;
}

export function Chart({ summary, most, ticks, legend, children }: Props) {
  return (
    <div class="chart not-content">
      <ul class="chart-legend">
        {legend.map(({ kind, name }) => (
          <li key={kind}>
            <i class={`chart-${kind}`} />
            {name}
          </li>
        ))}
      </ul>
      <div class="chart-plot">
        <svg role="img" aria-label={summary} viewBox={`0 0 ${most.x} ${most.y}`} preserveAspectRatio="none">
          <g transform={`translate(0 ${most.y}) scale(1 -1)`}>
            {ticks.y.map(({ at }) => (
              <line key={at} class="chart-grid" x1={0} x2={most.x} y1={at} y2={at} />
            ))}
            {children}
          </g>
        </svg>
        {ticks.y.map(({ at, label }) => (
          <span key={label} class="chart-y" style={{ bottom: `${(at / most.y) * 100}%` }} aria-hidden="true">
            {label}
          </span>
        ))}
        {ticks.x.map(({ at, label }) => (
          <span key={label} class="chart-x" style={{ left: `${(at / most.x) * 100}%` }} aria-hidden="true">
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Returns about `count` round marks from 0 to at most `most`. */
export function roundTicks(most: number, count: number, label: (value: number) => string): Tick[] {
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => ({ at: i * step, label: label(i * step) }));
}
