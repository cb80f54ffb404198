/**
 * The timeline: a space-time diagram of a conversation, recorded or running. The server writes it as SVG, in the same box in
 * which the browser then plays it.
 */
import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Flight } from '../../protocol/trace/flight.ts';
import type { FlightIndex } from '../../protocol/trace/flight-index.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import { Controls } from './panels/Controls.tsx';
import { DuplexReadout } from './panels/DuplexReadout.tsx';
import { useLoaded } from './panels/use-loaded.ts';
import { Player } from './player/player.ts';
import { Plot } from './panels/Plot.tsx';
import { server } from './panels/ssr.ts';
import { touched } from './panels/first-touch.ts';
import './timeline.css';

export interface TimelineProps {
  /** Grows while a run is on. Another object is another run. */
  trace: Pick<Trace, 'connections' | 'events'> & Partial<Pick<Trace, 'clock'>>;
  /** The flights of the trace; grows with it. */
  flights: readonly Flight[];
  /** Each flight that has changed, in order, if the trace grows; grows with it. */
  changes?: readonly Flight[];
  /** The index that the flights come from. */
  index?: FlightIndex;
  /** Changes whenever trace and flights do. */
  revision: ReadonlySignal<number>;
  /** The trace's time now, while a run is on. */
  live: ReadonlySignal<(() => number) | undefined>;
  /** The frame that the reader looks at. */
  selected: Signal<Flight | undefined>;
  /** Names for connections, by id; by default what differs in their addresses. */
  names?: Readonly<Record<string, string>>;
  /** The one-way time that the link is set to, ms: places a frame until its receipt is known. */
  expectedMs?: ReadonlySignal<number>;
  /** Goes at the end of the row of controls. */
  children?: ComponentChildren;
}

/** Above this many flights in a run, figures and legend wait for the run's end, since they visit every flight. */
const heldFrom = 5000;

// Load each part only when it is asked for.
const loadDrawing = () => import('./panels/lazy-drawing.ts');
const loadTable = async () => (await import('./panels/FrameTable.tsx')).FrameTable;
const loadFigures = async () => (await import('./panels/SpanFigures.tsx')).SpanFigures;
const loadTranscript = async () => (await import('./panels/TranscriptView.tsx')).TranscriptView;
const loadShortcuts = async () => (await import('./panels/ShortcutsDialog.tsx')).ShortcutsDialog;

export function Timeline(props: TimelineProps) {
  const { trace, flights, changes, index, revision, live, selected, names, expectedMs, children } = props;
  const player = useMemo(() => new Player({ trace, flights, changes, index }, selected, { names, expectedMs }), []);
  useLayoutEffect(() => player.play({ trace, flights, changes, index }), [player, trace, flights]);
  useEffect(() => revision.subscribe(() => player.grew()), [player, revision]);
  useEffect(() => live.subscribe((now) => player.setLive(now)), [player, live]);

  const open = { table: useSignal(false), text: useSignal(false), keys: useSignal(false) };
  const toggle = (what: keyof typeof open): void => void (open[what].value = !open[what].value);
  const first = useRef(trace);
  const isBare = useSignal(false);
  const isChanged = trace !== first.current || live.value !== undefined;
  const loaded = useLoaded(loadDrawing, touched.value || isBare.value || isChanged);
  const drawing = loaded === 'failed' ? undefined : loaded;
  const SpanFigures = useLoaded(loadFigures, player.selection.span.value !== undefined);
  const Table = useLoaded(loadTable, open.table.value);
  const TranscriptView = useLoaded(loadTranscript, open.text.value);
  const ShortcutsDialog = useLoaded(loadShortcuts, open.keys.value);
  const conversation = player.conversation.written.value;
  const listKeys = (event: KeyboardEvent): void => {
    if (event.key !== '?' || event.defaultPrevented || open.keys.value) return;
    event.preventDefault();
    open.keys.value = true;
  };
  return (
    <figure class="tl not-content" aria-label="Timeline" onKeyDown={listKeys}>
      <Plot {...{ player, selected, toggle, drawing }} onBare={() => (isBare.value = true)} />
      <DuplexReadout conversation={conversation} rows={player.conversation.pairs.value} names={names} />
      {player.selection.span.value && typeof SpanFigures === 'function' && <SpanFigures player={player} />}
      <Controls player={player} onKeys={() => toggle('keys')}>
        {(['table', 'text'] as const).map((what) => (
          <button type="button" class="tl-button tl-worded" aria-expanded={open[what].value} onClick={() => toggle(what)}>
            Show as {what}
          </button>
        ))}
        {children}
      </Controls>
      <div class="tl-legend">
        {server ? (
          <server.Legend conversation={conversation} />
        ) : drawing ? (
          <drawing.Legend conversation={conversation} isHeld={player.clock.running && flights.length > heldFrom} />
        ) : (
          <div dangerouslySetInnerHTML={{ __html: '' }} />
        )}
      </div>
      <p class="tl-sr" aria-live="polite">
        {player.said.value}
      </p>
      {[Table, TranscriptView, ShortcutsDialog, SpanFigures, loaded].includes('failed') && (
        <p class="tl-left-out" role="alert">
          This part of the page did not load: the server or the network is down. Close it and open it again.
        </p>
      )}
      {open.keys.value && typeof ShortcutsDialog === 'function' && <ShortcutsDialog onClose={() => (open.keys.value = false)} />}
      {open.text.value && typeof TranscriptView === 'function' && <TranscriptView player={player} />}
      {open.table.value && typeof Table === 'function' && (
        <Table
          flights={conversation.flights}
          connections={conversation.connections}
          uncertaintyMs={conversation.uncertaintyMs}
          running={player.clock.running}
          selected={selected.value}
          onSelect={(flight) => (selected.value = flight)}
        />
      )}
      {server && flights.length > 0 && (
        <noscript>
          <details>
            <summary>Show as table</summary>
            <server.FrameTable flights={conversation.flights} connections={conversation.connections} most={12} />
          </details>
        </noscript>
      )}
    </figure>
  );
}
