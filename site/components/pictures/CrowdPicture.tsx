/** Shows how many clients of a crowd tried to connect in each tenth of a second, and what became of their attempts. */
import { Chart, roundTicks } from './Chart.tsx';
import type { CrowdReport } from '../../../protocol/messages/crowd-report.ts';
import { attemptsOf, crowdWords } from './crowd-reports.ts';

interface Props {
  name: string;
  reports: readonly CrowdReport[];
  /** Where the axes end, in ms and attempts: shared, so that the reader can compare pictures beside each other. */
  most: { x: number; y: number };
}

const kinds = [
  { kind: 'open', shape: 'arrived', name: 'taken' },
  { kind: 'refused', shape: 'refused', name: 'refused: too many at once' },
  { kind: 'down', shape: 'down', name: 'nobody there' },
] as const;

const stretch = 100;

export function CrowdPicture({ name, reports, most }: Props) {
  const peak = Math.max(0, ...reports.map(attemptsOf));
  const words = crowdWords(reports);
  return (
    <>
      <p class="chart-name">
        <strong>{name}</strong>
        {words !== undefined && `: ${words}`}
      </p>
      <Chart
        summary={`${name}: attempts to connect in each tenth of a second, ${peak} at the most.`}
        most={most}
        ticks={{
          x: roundTicks(most.x, 6, (time) => `${time / 1000} s`),
          y: roundTicks(most.y, 3, String).filter(({ at }) => Number.isInteger(at)),
        }}
        legend={kinds.map(({ shape, name: words }) => ({ kind: shape, name: words }))}
      >
        {reports.flatMap((report) => {
          let bottom = 0;
          return kinds.map(({ kind, shape }) => {
            const height = report[kind];
            const y = bottom;
            bottom += height;
            if (height === 0) return null;
            return (
              <rect
                key={`${report.time} ${kind}`}
                class={`chart-${shape}`}
                x={report.time}
                y={y}
                width={stretch * 0.9}
                height={height}
              />
            );
          });
        })}
      </Chart>
    </>
  );
}
