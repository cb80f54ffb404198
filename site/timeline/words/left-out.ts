/** What is not in a picture, in words: it is counted. */
import { formatCount } from './count.ts';

export interface LeftOut {
  /** In view, and not drawn, since their lines fall on those of others. */
  frames: number;
  /** For whose lanes there is no room. */
  connections: number;
  /** That the trace itself does not have. */
  events: number;
}

/** A sentence without its end; empty where nothing is missing. */
export function leftOutWords({ frames, connections, events }: LeftOut): string {
  const said = (count: number, one: string, more: string): string[] =>
    count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? one : more}`];
  return [
    ...said(frames, 'frame falls on others and is not drawn', 'frames fall on others and are not drawn'),
    ...said(connections, 'connection has no room and is not drawn', 'connections have no room and are not drawn'),
    ...said(
      events,
      'event was left out of the trace, and of its figures',
      'events were left out of the trace, and of its figures',
    ),
  ].join('; ');
}
