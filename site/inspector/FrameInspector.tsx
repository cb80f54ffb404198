/** The frame inspector: everything that is known of one frame. What it takes a frame apart with comes with the first frame chosen. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Flight } from '../../protocol/trace/flight.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import type { AskServer } from './frame/ServerAnswer.tsx';
import './inspector.css';

/** What is known of one frame, and of the ones around it. */
export interface FlightProps {
  flight: Flight;
  /** All of the trace: what came before a frame decides how it is received. */
  flights: readonly Flight[];
  /** Of the trace: how sure times seen at different ends are against each other. */
  clock: Trace['clock'];
  /** Sends changed bytes to the server; absent where there is none. */
  ask?: AskServer | undefined;
}

export interface FrameInspectorProps {
  flight: Flight | undefined;
  flights?: readonly Flight[];
  /** Changes when what is known of the flight may have. */
  revision?: ReadonlySignal<number>;
  clock: Trace['clock'];
  ask?: AskServer;
  /** The region's name, where a page has several. */
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
    // Whoever looks after the page is told too.
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
  // Another frame is read from its beginning.
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
          The inspector did not load: the server is away, or the network.{' '}
          <button type="button" class="fi-button" onClick={() => void loadDetails()}>
            Try again
          </button>
        </p>
      ) : null}
    </section>
  );
}
