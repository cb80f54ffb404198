/** Shows where the client's bytes were on their way to the server, over time, as stacked layers. */
import { mostQueued, queued, type QueueStep } from '../../../protocol/measures/upload-queue.ts';
import { roundBytes } from './bytes.ts';
import { Chart, roundTicks } from './Chart.tsx';

interface Props {
  steps: readonly QueueStep[];
  /** A line to stay under, in bytes. */
  limit: number;
}

/** Where the axes end while the picture waits for a run. */
const empty = { ms: 6000, bytes: 1_000_000 };

const layers = [
  { kind: 'on-link', name: 'on the link' },
  { kind: 'waiting', name: 'at the sandbox, waiting for the link' },
  { kind: 'before', name: 'in the browser and the system below it' },
] as const;

export function QueuePicture({ steps, limit }: Props) {
  const start = steps[0]?.time ?? 0;
  const last = steps.length < 2 ? empty.ms : Math.max((steps.at(-1)?.time ?? 0) - start, 1);
  const highest = Math.max(mostQueued(steps), steps.length < 2 ? empty.bytes : limit) * 1.05;
  const tops = [(step: QueueStep) => step.onLink, (step: QueueStep) => step.onLink + step.waiting, queued];
  const path = (top: (step: QueueStep) => number): string =>
    `M0 0${steps.map((step) => `H${round(step.time - start)}V${Math.round(top(step))}`).join('')}H${round(last)}V0Z`;
  return (
    <Chart
      summary={`Bytes on their way to the server: ${roundBytes(mostQueued(steps))} at the most, over ${(last / 1000).toFixed(1)} seconds.`}
      most={{ x: last, y: highest }}
      ticks={{
        x: roundTicks(last, 5, (time) => `${(time / 1000).toFixed(last < 3000 ? 1 : 0)} s`),
        y: roundTicks(highest, 4, (bytes) => (bytes === 0 ? '0' : roundBytes(bytes))),
      }}
      legend={[...layers, { kind: 'limit', name: '256 KiB' }]}
    >
      {[...layers].reverse().map(({ kind }, i) => (
        <path key={kind} class={`chart-${kind}`} d={path(tops[layers.length - 1 - i] ?? queued)} />
      ))}
      <line class="chart-limit" x1={0} x2={last} y1={limit} y2={limit} />
    </Chart>
  );
}

const round = (time: number): number => Math.round(time * 10) / 10;
