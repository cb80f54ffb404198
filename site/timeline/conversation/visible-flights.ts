/** Picks which flights to draw where more fly than there are pixels. Invents nothing, and counts what it leaves out. */
import type { DrawnFlights } from './drawn-flights.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { firstKnown, type FlightTable, FlightFlag } from '../../../protocol/trace/flight-table.ts';

/**
 * Lines whose ends are both nearer than this cannot be told apart, CSS pixels: a line is 2 broad, and a double one 4. A browser
 * that fills the pixels itself spends longer on a picture of a thousand lines than all of our code does.
 */
const apart = 3;

/** How to pick a picture's flights: two parts that come with the drawing code; pixels per millisecond; a flight always drawn. */
export interface Picked {
  visibleFlights: typeof visibleFlights;
  DrawnFlights: typeof DrawnFlights;
  perMs: number;
  keep: Flight | undefined;
}

/** The criteria of `visibleFlights`. */
interface Groups {
  /** The group of each connection, by its number; -1: none. */
  groupOf: Int32Array;
  groups: number;
  perMs: number;
  /** The place of the flight to keep; -1: none. */
  keep: number;
  /** The largest group that is drawn whole. */
  whole: number;
}

/**
 * Returns which flights at these places can be told apart: if several lines of a group begin and end within the same pixel,
 * only the first. Frames of another direction or kind, or that were lost, do not count as the same.
 */
export function visibleFlights(
  { connection, looks, sentAt, departedAt, receivedAt }: FlightTable,
  places: Uint32Array,
  { groupOf, groups, perMs, keep, whole }: Groups,
): { drawn: number[]; leftOut: number }[] {
  const ofConnection = new Uint32Array(groupOf.length);
  // Loop by index: until it is compiled well, an iterator's step takes as long as all the rest.
  for (let i = 0; i < places.length; i++) {
    const number = connection[places[i] as number] as number;
    ofConnection[number] = (ofConnection[number] as number) + 1;
  }
  const counts = new Uint32Array(groups);
  for (const [number, count] of ofConnection.entries()) {
    const group = groupOf[number] as number;
    if (group >= 0) counts[group] = (counts[group] as number) + count;
  }
  const lastFrom = new Float64Array(groups * kinds).fill(-Infinity);
  const lastTo = new Float64Array(groups * kinds).fill(-Infinity);
  const found = Array.from(counts, (): { drawn: number[]; leftOut: number } => ({ drawn: [], leftOut: 0 }));
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    const group = groupOf[connection[place] as number] as number;
    if (group < 0) continue;
    const own = found[group] as { drawn: number[]; leftOut: number };
    if ((counts[group] as number) > whole) {
      const departed = firstKnown(departedAt[place], sentAt[place]);
      const received = receivedAt[place] as number;
      const isOpen = Number.isNaN(received);
      const from = departed * perMs;
      const to = isOpen ? from : received * perMs;
      const kind = group * kinds + kindOf(looks[place] as number, isOpen);
      if (Math.abs(from - (lastFrom[kind] as number)) < apart && Math.abs(to - (lastTo[kind] as number)) < apart) {
        if (place === keep) own.drawn.push(place);
        else own.leftOut++;
        continue;
      }
      lastFrom[kind] = from;
      lastTo[kind] = to;
    }
    own.drawn.push(place);
  }
  return found;
}

/** How many kinds `kindOf` tells apart. */
const kinds = 12;

function kindOf(looks: number, isOpen: boolean): number {
  const look = looks & FlightFlag.handshake ? 0 : looks & FlightFlag.control ? 1 : 2;
  return look + (looks & FlightFlag.fromServer ? 3 : 0) + (isOpen ? 6 : 0);
}
