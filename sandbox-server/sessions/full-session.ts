import { hasAll } from '../limits/resources.ts';
import { orNone, type Options } from '../options.ts';
import { Refusal } from '../refusal.ts';
import type { Session } from './sessions.ts';

/** Returns true if the session has as many connections and HTTP exchanges as it may have. */
export const isFull = ({ connections }: Session, { maxSessionConnections }: Options): boolean =>
  connections.size >= orNone(maxSessionConnections);

/** Returns the refusal of one more connection or HTTP exchange in a full session; undefined for any other, and without one. */
export function refusalIfFull(session: Session | undefined, options: Options): Refusal | undefined {
  if (!session || !isFull(session, options)) return undefined;
  return new Refusal(503, hasAll('session', options.maxSessionConnections, 'connections'), {}, 'maxSessionConnections');
}
