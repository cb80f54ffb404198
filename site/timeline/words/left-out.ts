/** Counts of what is missing from a picture, and the words for them. */
import { formatCount } from '../../../protocol/words/count.ts';

export interface LeftOut {
  /** Frames in view that are not drawn, since their lines fall on those of others. */
  frames: number;
  /** Connections that have no room for their lanes. */
  connections: number;
  /** Events that the trace itself lacks. */
  events: number;
}

/** Returns a sentence without its full stop; empty if nothing is missing. */
export function leftOutWords({ frames, connections, events }: LeftOut): string {
  const said = (count: number, one: string, more: string): string[] =>
    count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? one : more}`];
  return [
    ...said(frames, 'frame falls on others and is not drawn', 'frames fall on others and are not drawn'),
    ...said(connections, 'connection has no room and is not drawn', 'connections have no room and are not drawn'),
    ...said(events, 'event was left out of the trace and its figures', 'events were left out of the trace and its figures'),
  ].join('; ');
}
