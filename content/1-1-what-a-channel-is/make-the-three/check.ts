import type { Check } from '../../../protocol/check.ts';
import { measureDuplex } from '../../../protocol/duplex.ts';
import { type Flight, isData } from '../../../protocol/flight.ts';

const wantedShare = 0.3;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** One connection that carries one direction alone, one that carries both but never at once, one that carries both at once for long enough. */
const check: Check = (trace, flights) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  const kinds = trace.connections.map(({ id }) => behaviour(flights.filter(({ connection }) => connection === id)));
  const shares = kinds.map(({ both }) => percent(both)).join(', ');
  const missing = [
    kinds.some(({ kind }) => kind === 'one way') ? '' : 'a link on which one direction is refused',
    kinds.some(({ kind }) => kind === 'by turns') ? '' : 'a link that carries both directions, but never at once',
    kinds.some(({ kind, both, byPace }) => kind === 'at once' && Math.max(both, byPace) >= wantedShare)
      ? ''
      : `a link on which both directions carry bytes at once for at least ${percent(wantedShare)} of the time`,
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

function behaviour(flights: readonly Flight[]): Behaviour {
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
  const byPace = carriedAtPace(data, 'client-to-server') * carriedAtPace(data, 'server-to-client');
  if (refused >= 3 && up === 0 && down >= 3) return { kind: 'one way', both, byPace };
  if (up < 3 || down < 3) return { kind: 'too little', both, byPace };
  return { kind: both === 0 ? 'by turns' : 'at once', both, byPace };
}

/** For how much of the time a direction carries bytes at its pace: as long as one message is on the link, out of each usual gap. */
function carriedAtPace(data: readonly Flight[], direction: Flight['direction']): number {
  const own = data.filter((flight) => flight.direction === direction && flight.onLink?.to !== undefined);
  const gaps = own.slice(1).map(({ sentAt }, i) => sentAt - (own[i]?.sentAt ?? NaN));
  const onLink = own.map(({ onLink: { from = NaN, to = NaN } = {} }) => to - from);
  return own.length < 3 ? 0 : Math.min(1, median(onLink) / median(gaps));
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

export default check;
