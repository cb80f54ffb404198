/** Shows a trace: timeline with its table and measures, figures, and the frame inspector. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Flight } from '../../protocol/trace/flight.ts';
import { indexOf } from '../../protocol/trace/flight-index.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import { FrameInspector } from '../inspector/FrameInspector.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { figuresOf } from './figures.ts';
import './trace.css';

interface Props {
  trace: Trace;
  /** Goes into the row of the timeline's controls. */
  children?: ComponentChildren;
}

export function TraceView({ trace, children }: Props) {
  const index = useMemo(() => indexOf(trace), [trace]);
  const flights = useMemo(() => index.inOrder(), [index]);
  const figures = useMemo(() => figuresOf(trace, flights), [trace]);
  const selected = useSignal<Flight | undefined>(undefined);
  const revision = useSignal(0);
  const live = useSignal(undefined);
  useEffect(() => void (selected.value = undefined), [trace]);
  return (
    <div class="tv not-content">
      <div class="tv-body">
        <div class="tv-picture">
          <Timeline trace={trace} flights={flights} index={index} revision={revision} live={live} selected={selected}>
            {children}
          </Timeline>
        </div>
        <dl class="tv-figures">
          {figures.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <div class="tv-frame">
          <FrameInspector flight={selected.value} flights={flights} revision={revision} clock={trace.clock} />
        </div>
      </div>
    </div>
  );
}
