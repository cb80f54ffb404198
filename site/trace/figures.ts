/** A trace in figures. */
import { formatCount } from '../timeline/count.ts';
import type { Flight } from '../../protocol/flight.ts';
import { isData } from '../../protocol/flight.ts';
import { lengthOnWire } from '../../protocol/export/streams.ts';
import { fromHex, type Trace } from '../../protocol/trace.ts';

/** A figure with its name, both as the page shows them. */
export interface Figure {
  name: string;
  value: string;
}

const bytes = (count: number): string => `${formatCount(count)} B`;
const ms = (time: number): string => `${time < 10 ? time.toFixed(2) : formatCount(Math.round(time))} ms`;

/** What there was, how many bytes of what, and how long it took. */
export function figuresOf({ clock, connections, network }: Trace, flights: readonly Flight[]): Figure[] {
  const frames = flights.filter(({ kind }) => kind === 'frame');
  const sum = (list: readonly Flight[], count: (flight: Flight) => number): number =>
    list.reduce((total, flight) => total + count(flight), 0);
  const header = ({ captured }: Flight): number => (captured ? lengthOnWire(fromHex(captured.bytes.slice(0, 4)), 0) : 0);
  const ways = flights
    .filter(isData)
    .flatMap(({ sentAt, receivedAt }) => (receivedAt === undefined ? [] : [receivedAt - sentAt]));
  ways.sort((a, b) => a - b);
  const figures = [
    { name: 'Network', value: network === 'live' ? 'live' : 'in the page' },
    { name: 'Connections', value: String(connections.length) },
    { name: 'Frames', value: formatCount(frames.length) },
    { name: 'Payload', value: bytes(sum(frames, ({ length }) => length)) },
    { name: 'Framing', value: bytes(sum(frames, header)) },
    {
      name: 'Handshakes',
      value: bytes(
        sum(
          flights.filter(({ kind }) => kind === 'handshake'),
          ({ length }) => length,
        ),
      ),
    },
  ];
  const median = ways[ways.length >> 1];
  if (median !== undefined) {
    figures.push({ name: 'One way, median', value: ms(median) }, { name: 'One way, worst', value: ms(ways.at(-1) as number) });
  }
  return [...figures, { name: 'Clocks agree to', value: `± ${ms(clock.uncertaintyMs)}` }];
}
