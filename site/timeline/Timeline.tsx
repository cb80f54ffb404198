/**
 * The timeline: a space-time diagram of a conversation, recorded or running. Written by the server as SVG, in the same
 * box in which the browser then plays it.
 */
import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import type { Flight } from '../../protocol/flight.ts';
import type { Trace } from '../../protocol/trace.ts';
import { Controls } from './Controls.tsx';
import { DuplexReadout } from './DuplexReadout.tsx';
import { FrameTable } from './FrameTable.tsx';
import { Player } from './player.ts';
import { Plot } from './Plot.tsx';
import './timeline.css';

export interface TimelineProps {
  /** Grows while a run is on. Another object is another run. */
  trace: Pick<Trace, 'connections' | 'events'>;
  /** The flights of the trace; grows with it. */
  flights: readonly Flight[];
  /** Each flight that has changed, in order, where the trace grows; grows with it. */
  changes?: readonly Flight[];
  /** Changes when trace and flights have. */
  revision: ReadonlySignal<number>;
  /** The trace's time now, while a run is on. */
  live: ReadonlySignal<(() => number) | undefined>;
  /** The frame that is looked at. */
  selected: Signal<Flight | undefined>;
  /** Names for connections, by id; by default what differs in their addresses. */
  names?: Readonly<Record<string, string>>;
  /** The one-way time that the link is set to, ms: where a frame is drawn until its receipt is known. */
  expectedMs?: ReadonlySignal<number>;
  /** Put at the end of the row of controls. */
  children?: ComponentChildren;
}

export function Timeline({ trace, flights, changes, revision, live, selected, names, expectedMs, children }: TimelineProps) {
  const player = useMemo(() => new Player({ trace, flights, changes }, selected, { names, expectedMs }), []);
  useLayoutEffect(() => player.play({ trace, flights, changes }), [player, trace, flights]);
  useEffect(() => revision.subscribe(() => player.grew()), [player, revision]);
  useEffect(() => live.subscribe((now) => player.setLive(now)), [player, live]);

  const isTableOpen = useSignal(false);
  const conversation = player.written.value;
  const table = { flights: conversation.flights, connections: conversation.connections };
  return (
    <figure class="tl not-content" aria-label="Timeline">
      <Plot player={player} selected={selected} />
      <DuplexReadout conversation={conversation} rows={player.pairs.value} names={names} />
      <Controls player={player}>
        <button
          type="button"
          class="tl-button tl-worded"
          aria-expanded={isTableOpen.value}
          onClick={() => (isTableOpen.value = !isTableOpen.value)}
        >
          Show as table
        </button>
        {children}
      </Controls>
      {isTableOpen.value && (
        <FrameTable
          {...table}
          running={player.clock.running}
          selected={selected.value}
          onSelect={(flight) => (selected.value = flight)}
        />
      )}
      {import.meta.env.SSR && flights.length > 0 && (
        <noscript>
          <details>
            <summary>Show as table</summary>
            <FrameTable {...table} most={100} />
          </details>
        </noscript>
      )}
    </figure>
  );
}
