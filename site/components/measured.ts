/** Figures for the prose of a lesson, taken out of its recorded trace, so that no number in a lesson is typed by hand. */
import { measureDuplex } from '../../protocol/duplex.ts';
import { type Flight, flightsOf, isData } from '../../protocol/flight.ts';
import { fieldValue, parseHttpHead } from '../../protocol/handshake.ts';
import { type Direction, fromHex, type Trace } from '../../protocol/trace.ts';

/** Which figure, of which connection (counting from 1; by default the first). */
export interface Figure {
  of:
    | 'both' // share of time in which both directions carried bytes, such as "38 %"
    | 'most in flight' // the most data frames in flight at one moment in `direction`
    | 'one way' // the median time on the way of data frames in `direction`, ms
    | 'dropped' // data frames that the link did not carry
    | 'messages' // data frames that arrived in `direction`
    | 'frame bytes' // bytes on the wire of the first data frame in `direction`
    | 'payload bytes' // payload bytes of the same
    | 'time to open' // from `new WebSocket` to the open event, ms
    | 'handshake bytes' // bytes of the handshake's message in `direction`
    | 'field' // the value of the handshake's header field `name` in `direction`
    | 'span'; // from the first departure to the last receipt, s
  connection?: number;
  direction?: Direction;
  name?: string;
}

const ms = (value: number): string => `${Math.round(value)} ms`;

/** The figure as text with its unit. Throws a RangeError where the trace does not hold it. */
export function measured(trace: Trace, { of, connection = 1, direction = 'client-to-server', name = '' }: Figure): string {
  const id = trace.connections[connection - 1]?.id;
  const flights = flightsOf(trace).filter((flight) => flight.connection === id);
  const data = flights.filter((flight) => isData(flight) && flight.direction === direction);
  const handshake = flights.find((flight) => flight.kind === 'handshake' && flight.direction === direction);
  const duplex = measureDuplex(flights);
  switch (of) {
    case 'both':
      return `${Math.round(duplex.both * 100)} %`;
    case 'most in flight':
      return String(duplex.mostInFlight[direction]);
    case 'one way':
      return ms(
        median(
          data.flatMap(({ departedAt, receivedAt }) =>
            departedAt === undefined || receivedAt === undefined ? [] : [receivedAt - departedAt],
          ),
        ),
      );
    case 'dropped':
      return String(flights.filter((flight) => isData(flight) && flight.dropped).length);
    case 'messages':
      return String(data.filter(({ receivedAt }) => receivedAt !== undefined).length);
    case 'frame bytes':
      return String(known(data[0]?.captured, of).bytes.length / 2);
    case 'payload bytes':
      return String(known(data[0], of).length);
    case 'time to open':
      return ms(timeOf(trace, id, 'connection_opened') - timeOf(trace, id, 'connection_started'));
    case 'handshake bytes':
      return String(known(handshake, of).length);
    case 'field':
      return field(known(handshake, of), name);
    case 'span':
      return `${(duplex.spanMs / 1000).toFixed(1)} s`;
  }
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return known(sorted[Math.floor(sorted.length / 2)], 'one way');
}

function timeOf(trace: Trace, id: string | undefined, name: string): number {
  return known(
    trace.events.find((event) => event.connection === id && event.at === 'client' && event.name === name),
    name,
  ).time;
}

function field(handshake: Flight, name: string): string {
  const text = new TextDecoder().decode(fromHex(known(handshake.captured, name).bytes));
  return known(fieldValue(parseHttpHead(text), name), name);
}

function known<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new RangeError(`Cannot measure "${what}": the trace does not hold it`);
  return value;
}
