/**
 * Shows traces of the same job, one below the other on one time axis, with their figures in one table and the frame inspector.
 */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Flight } from '../../protocol/trace/flight.ts';
import { indexOf } from '../../protocol/trace/flight-index.ts';
import { type NamedTrace, joinTraces } from '../../protocol/trace/joined-traces.ts';
import { FrameInspector } from '../inspector/FrameInspector.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { compare } from './comparison.ts';
import { ComparisonTable } from './ComparisonTable.tsx';

interface Props {
  traces: readonly NamedTrace[];
  /** Matches the text of each update, such as `update \d+`, if the job consists of updates. */
  updates?: string | undefined;
  /** Goes into the row of the timeline's controls. */
  children?: ComponentChildren;
}

export function CompareView({ traces, updates, children }: Props) {
  const joined = useMemo(() => joinTraces(traces), [traces]);
  const index = useMemo(() => indexOf(joined.trace), [joined]);
  const flights = useMemo(() => index.inOrder(), [index]);
  const rows = useMemo(
    () => compare(traces, joined, flights, updates === undefined ? undefined : new RegExp(updates, 'g')),
    [joined, updates],
  );
  const selected = useSignal<Flight | undefined>(undefined);
  const revision = useSignal(0);
  const live = useSignal(undefined);
  useEffect(() => void (selected.value = undefined), [joined]);
  return (
    <div class="tv cmp-view not-content">
      <div class="tv-picture">
        <Timeline
          key={traces.map(({ name }) => name).join()}
          trace={joined.trace}
          flights={flights}
          index={index}
          revision={revision}
          live={live}
          selected={selected}
          names={joined.names}
        >
          {children}
        </Timeline>
      </div>
      <ComparisonTable names={traces.map(({ name }) => name)} rows={rows} />
      {selected.value && (
        <div class="cmp-frame">
          <FrameInspector flight={selected.value} flights={flights} revision={revision} clock={joined.trace.clock} />
        </div>
      )}
    </div>
  );
}
