import type { Check } from '../../../protocol/messages/exercise.ts';
import { measureDuplex } from '../../../protocol/measures/duplex.ts';
import { type Flight, isData } from '../../../protocol/trace/flight.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';
import { wholePercent } from '../../../protocol/words/percent.ts';

const wantedShare = 0.3;

/** One connection that carries one direction alone, one that carries both but never at once, one that carries both at once for long enough. */
const check: Check = (trace, flights) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  const kinds = trace.connections.map(({ id }) =>
    behaviour(
      trace,
      id,
      flights.filter(({ connection }) => connection === id),
    ),
  );
  const shares = kinds.map(({ both }) => wholePercent(both)).join(', ');
  const missing = [
    kinds.some(({ kind }) => kind === 'one way') ? '' : 'a link on which one direction is refused',
    kinds.some(({ kind }) => kind === 'by turns') ? '' : 'a link that carries both directions, but never at once',
    kinds.some(({ kind, both, byPace }) => kind === 'at once' && Math.max(both, byPace) >= wantedShare)
      ? ''
      : `a link on which both directions carry bytes at once for at least ${wholePercent(wantedShare)} of the time`,
  ].filter((what) => what !== '');
  const seen = `Both directions carried bytes at once for ${shares} of the time`;
  const isLate = !kinds.some(({ kind, both }) => kind === 'at once' && both >= wantedShare);
  const late = isLate ? ' Your pace is that of more; this machine is busy, and was late with it.' : '';
  if (missing.length === 0) return { passed: true, message: `${seen}: one way, by turns, and at once.${late}` };
  // The links are there, and the ends hardly meet on the last: its pace has two sides.
  const pace =
    kinds.some(({ kind, both }) => kind !== 'one way' && both < wantedShare) && missing.length === 1
      ? ' Both ends have to speak more often: your pace is the second argument of talk, the server’s is every= in the address.'
      : '';
  return { passed: false, message: `${seen}. Still missing: ${missing.join('; ')}.${pace}` };
};

interface Behaviour {
  kind: 'one way' | 'by turns' | 'at once' | 'too little';
  /** The share of time in which both directions carried bytes, 0 to 1. */
  both: number;
  /** What that is at the pace at which both ends spoke, however late a busy machine was with single messages. */
  byPace: number;
}

function behaviour(trace: Trace, id: string, flights: readonly Flight[]): Behaviour {
  const data = flights.filter(isData);
  const count = (direction: Flight['direction'], dropped: boolean): number =>
    data.filter((flight) => flight.direction === direction && (dropped ? flight.dropped : flight.receivedAt) !== undefined)
      .length;
  const { both } = measureDuplex(data);
  const [up, down, refused] = [
    count('client-to-server', false),
    count('server-to-client', false),
    count('client-to-server', true),
  ];
  const share = (direction: Direction): number => Math.min(1, linkTime(trace, id, direction) / usualGap(data, direction));
  const byPace = share('client-to-server') * share('server-to-client');
  if (refused >= 3 && up === 0 && down >= 3) return { kind: 'one way', both, byPace };
  if (up < 3 || down < 3) return { kind: 'too little', both, byPace };
  return { kind: both === 0 ? 'by turns' : 'at once', both, byPace };
}

/** The usual time from one message of a direction to the next, ms. */
function usualGap(data: readonly Flight[], direction: Direction): number {
  const sent = data.filter((flight) => flight.direction === direction).map(({ sentAt }) => sentAt);
  return median(sent.slice(1).map((time, i) => time - (sent[i] as number))) ?? Infinity;
}

/** For how long the link usually carries a message, as it says itself, ms. */
function linkTime({ events }: Trace, id: string, direction: Direction): number {
  const takes = events.flatMap((event) =>
    event.name === 'frame_departed' && event.connection === id && event.direction === direction ? (event.takes ?? 0) : [],
  );
  return median(takes) ?? 0;
}

const median = (values: readonly number[]): number | undefined => [...values].sort((a, b) => a - b)[values.length >> 1];

export default check;
