/** Which flights are drawn where more fly than there are pixels. Nothing is invented, and what is left out is counted. */
import type { Flight } from '../../../protocol/trace/flight.ts';
import { firstKnown, type FlightTable, FlightFlag } from '../../../protocol/trace/flight-table.ts';

/**
 * Two lines whose both ends are nearer to each other than this cannot be told apart, CSS pixels: a line is 2 broad, and a double one 4.
 * Where a browser fills the pixels itself, a picture of a thousand lines takes it longer than all of ours.
 */
const apart = 3;

/** How the flights of a picture are picked: `thin`, which comes with what draws; the scale, pixels a millisecond; what is drawn in any case. */
export interface Picked {
  visibleFlights: Thin;
  perMs: number;
  keep: Flight | undefined;
}

/** The flights of a group that are drawn, in the order of their connections and then of sending. */
export interface Drawn {
  columns: FlightTable;
  /** Where they are in the columns. */
  places: readonly number[];
  flights: readonly Flight[];
  /** How many are not drawn, since they fall on those. */
  leftOut: number;
}

/** What `thin` goes by. */
interface Groups {
  /** The group of each connection, by its number; -1: none. */
  groupOf: Int32Array;
  groups: number;
  perMs: number;
  /** The place of the flight that is kept; -1: none. */
  keep: number;
  /** Of so many in a group none is left out. */
  whole: number;
}

type Thin = typeof thin;

/**
 * Of flights at these places, those that can be told apart: where several lines of a group begin and end within the same pixel,
 * the first. Frames of another direction or kind, or that were lost, do not count as the same.
 */
export function thin(
  { connection, looks, sentAt, departedAt, receivedAt }: FlightTable,
  places: Uint32Array,
  { groupOf, groups, perMs, keep, whole }: Groups,
): { drawn: number[]; leftOut: number }[] {
  const ofConnection = new Uint32Array(groupOf.length);
  // By index: before it is compiled well, an iterator's step takes as long as all of the rest.
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

/** How many that `kindOf` tells apart. */
const kinds = 12;

function kindOf(looks: number, isOpen: boolean): number {
  const look = looks & FlightFlag.handshake ? 0 : looks & FlightFlag.control ? 1 : 2;
  return look + (looks & FlightFlag.fromServer ? 3 : 0) + (isOpen ? 6 : 0);
}
