/**
 * The frame inspector: shows everything known about one frame. The code that dissects a frame loads with the first frame chosen.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Flight } from '../../protocol/trace/flight.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import type { AskServer } from './frame/ServerAnswer.tsx';
import './inspector.css';

/** What is known about one frame, and about the ones around it. */
export interface FlightProps {
  flight: Flight;
  /** All flights of the trace: what came before a frame decides how it is received. */
  flights: readonly Flight[];
  /** The trace's clock: how certain times seen at different ends are relative to each other. */
  clock: Trace['clock'];
  /** Sends changed bytes to the server; absent if there is none. */
  ask?: AskServer | undefined;
}

export interface FrameInspectorProps {
  flight: Flight | undefined;
  flights?: readonly Flight[];
  /** Changes whenever what is known about the flight may have changed. */
  revision?: ReadonlySignal<number>;
  clock: Trace['clock'];
  ask?: AskServer;
  /** The region's name, if a page has several. */
  label?: string;
}

/** Loaded once for all inspectors of a page. */
const details = signal<ComponentType<FlightProps> | undefined>(undefined);
const failed = signal(false);

async function loadDetails(): Promise<void> {
  failed.value = false;
  try {
    details.value = (await import('./FlightDetails.tsx')).FlightDetails;
  } catch (problem) {
    failed.value = true;
    // Tell the page's maintainers too.
    reportError(problem);
  }
}

export function FrameInspector({ flight, flights = [], revision, clock, ask, label = 'Frame' }: FrameInspectorProps) {
  void revision?.value;
  const isChosen = flight !== undefined;
  useEffect(() => {
    if (isChosen && !details.value) void loadDetails();
  }, [isChosen]);
  const region = useRef<HTMLElement>(null);
  // Show a new frame from its beginning.
  useEffect(() => void region.current?.scrollTo({ top: 0 }), [flight?.id]);
  const Details = details.value;
  return (
    <section ref={region} class="fi not-content" aria-label={label} tabIndex={flight ? 0 : -1}>
      {!flight ? (
        <p class="fi-note">Choose a frame on the timeline.</p>
      ) : Details ? (
        <Details key={flight.id} flight={flight} flights={flights} clock={clock} ask={ask} />
      ) : failed.value ? (
        <p class="fi-note">
          The inspector did not load: the server or the network is down.{' '}
          <button type="button" class="fi-button" onClick={() => void loadDetails()}>
            Try again
          </button>
        </p>
      ) : null}
    </section>
  );
}
