/** The figures of a trace that its timeline does not show. */
import { formatCount } from '../../protocol/words/count.ts';
import type { Flight } from '../../protocol/trace/flight.ts';
import type { Trace } from '../../protocol/trace/trace.ts';

/** A figure and its name, both as the page shows them. */
export interface Figure {
  name: string;
  value: string;
}

/** Returns where the trace was recorded, how much there is of it, and how certain its times are. */
export function figuresOf({ clock, connections, events, network }: Trace, flights: readonly Flight[]): Figure[] {
  const frames = flights.filter(({ kind }) => kind === 'frame');
  return [
    { name: 'Server', value: network === 'live' ? 'the sandbox' : 'within the page' },
    { name: 'Connections', value: formatCount(connections.length) },
    { name: 'Frames', value: formatCount(frames.length) },
    { name: 'Events', value: formatCount(events.length) },
    { name: 'Clocks agree to', value: `± ${clock.uncertaintyMs.toFixed(2)} ms` },
  ];
}
