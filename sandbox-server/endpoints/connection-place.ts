import type { Cancel, Connection } from './endpoint.ts';
import type { NoPlace, Shares } from './shares.ts';

/** Closes a connection that there is no place for, or no longer one: 1013, Try Again Later (IANA's registry of close codes). */
export const closeWithoutPlace = (connection: Pick<Connection, 'close'>, { reason, limit }: NoPlace): void =>
  connection.close(1013, reason, limit);

/**
 * Takes a place for what a connection starts, and closes the connection if there is none, or once others want that place. `stop`
 * ends what was started. Returns a function that gives the place back and stops, or undefined if there is no place.
 */
export function takePlace(connection: Pick<Connection, 'holder' | 'close'>, places: Shares, stop: Cancel): Cancel | undefined {
  const giveWay = (why: NoPlace): void => {
    stop();
    closeWithoutPlace(connection, why);
  };
  const place = places.take(connection.holder, { giveWay });
  if ('reason' in place) {
    closeWithoutPlace(connection, place);
    return undefined;
  }
  return () => {
    place.release();
    stop();
  };
}
