/** Figures for the prose of a lesson, taken out of its recorded trace, so that no number in a lesson is typed by hand. */
import { measureDuplex } from '../../../protocol/measures/duplex.ts';
import { type Flight, flightsOf, isData } from '../../../protocol/trace/flight.ts';
import { type Frame, FrameParser, Opcode, opcodeName } from '../../../protocol/wire/frame.ts';
import { fieldValue, parseHttpHead } from '../../../protocol/wire/handshake.ts';
import { mostQueued, queueSteps } from '../../../protocol/measures/upload-queue.ts';
import { readUtf8, utf8Start } from '../../../protocol/wire/utf8.ts';
import { textOf } from '../../inspector/frame/characters.ts';
import type { Trace, TraceEvent, VantagePoint } from '../../../protocol/trace/trace.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';
import { fromHex, toHex } from '../../../protocol/wire/hex.ts';
import { bytesText } from '../pictures/bytes.ts';
import { attemptsOf, crowdReports } from '../pictures/crowd-reports.ts';

/** Which figure, of which connection and data frame (both counting from 1; by default the first), in which direction or at which end. */
export interface Figure {
  of:
    | 'both' // share of time in which both directions carried bytes, such as "38 %"
    | 'most in flight' // the most data frames in flight at one moment in `direction`
    | 'one way' // the median time on the way of data frames in `direction`, ms
    | 'dropped' // data frames that the link did not carry
    | 'pings' // Ping frames that arrived in `direction`
    | 'pongs' // Pong frames that arrived in `direction`
    | 'silent for' // from when the link went silent to the client's close event, s
    | 'noticed after' // from when the link went silent to the client's `close()`, s
    | 'most queued' // the most payload bytes that the client had sent and that had not arrived, at one moment
    | 'most before' // the same, of those that had not come to the sandbox yet
    | 'time to send' // from the client's first `send()` to its last, ms
    | 'time to arrive' // from the client's first `send()` to the last arrival at the server, s
    | 'crowd attempts' // attempts of the crowd on `connection` to come back
    | 'crowd peak' // the most of them in a tenth of a second
    | 'crowd time' // when the last of them was back, after the restart, s; an error where some gave up
    | 'came in' // visitors of a door who are `name`, "good" or "hostile", and were let in
    | 'visitors' // visitors of a door who are `name`, "good" or "hostile"
    | 'told' // messages in JSON from the server on any connection whose "type" is `name`
    | 'messages' // data frames that arrived in `direction`
    | 'frame bytes' // bytes on the wire of the data frame `frame` in `direction`
    | 'payload bytes' // payload bytes of the same
    | 'header bytes' // bytes on the wire of the same, less its payload
    | 'FIN' // the FIN bit of the same
    | 'frame text' // the text of the same, with … where the frame's edge cuts a character
    | 'frames' // data frames sent in `direction`
    | 'message events' // messages that the client's program was given
    | 'frames before ping' // data frames sent in `direction` before its first Ping
    | 'pong lead' // from the client's first Pong to the receipt of the server's last data frame, ms
    | 'opcode' // opcode of the same, such as "0x1 (text)"
    | 'masking key' // masking key of the same, as hexadecimal bytes
    | 'wire payload' // payload of the same as it is on the wire, still masked, as hexadecimal bytes
    | 'close payload' // payload of the Close frame in `direction`, unmasked, as hexadecimal bytes, or "none"
    | 'close sent' // the code that the Close frame in `direction` carries, or "empty"
    | 'close code' // the code that the end `at` was told
    | 'close reason' // the reason that the end `at` was told
    | 'time to open' // from `new WebSocket` to the open event, ms
    | 'time to close' // from `close()` to the close event, ms
    | 'life' // from `new WebSocket` to the close event, ms
    | 'handshake bytes' // bytes of the handshake's message in `direction`
    | 'field' // the value of the handshake's header field `name` in `direction`
    | 'span'; // from the first departure to the last receipt, s
  connection?: number;
  direction?: Direction;
  frame?: number;
  at?: 'client' | 'server';
  name?: string;
}

const ms = (value: number): string => `${Math.round(value)} ms`;
const count = (value: number): string => value.toLocaleString('en');
const seconds = (value: number): string => `${(value / 1000).toFixed(1)} s`;

/** The figure as text with its unit. Throws a RangeError where the trace does not hold it. */
export function measured(trace: Trace, figure: Figure): string {
  const { of, connection = 1, direction = 'client-to-server', frame = 1, at = 'client', name = '' } = figure;
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
    case 'pings':
      return String(controls(flights, direction, Opcode.ping));
    case 'pongs':
      return String(controls(flights, direction, Opcode.pong));
    case 'silent for':
      return seconds(timeOf(trace, id, 'connection_closed') - timeOf(trace, id, 'link_silenced', 'link'));
    case 'noticed after':
      return seconds(timeOf(trace, id, 'close_called') - timeOf(trace, id, 'link_silenced', 'link'));
    case 'most queued':
      return bytesText(mostQueued(queueSteps(trace, known(id, of))));
    case 'most before':
      return bytesText(Math.max(...queueSteps(trace, known(id, of)).map(({ before }) => before)));
    case 'time to send':
      return ms(known(data.at(-1), of).sentAt - known(data[0], of).sentAt);
    case 'time to arrive':
      return seconds(Math.max(...data.map(({ receivedAt = 0 }) => receivedAt)) - known(data[0], of).sentAt);
    case 'crowd attempts':
      return String(known(crowdReports(trace, known(id, of)).at(-1)?.attempts, of));
    case 'crowd peak':
      return String(Math.max(...crowdReports(trace, known(id, of)).map(attemptsOf)));
    case 'crowd time': {
      const last = known(crowdReports(trace, known(id, of)).at(-1), of);
      if (last.gaveUp) throw new Error(`Cannot tell when all of a crowd were back: ${last.gaveUp} of it gave up`);
      return seconds(last.time);
    }
    case 'told':
      return String(flightsOf(trace).filter((flight) => told(flight)?.type === name).length);
    case 'came in':
      return String(visitorsOf(trace, name).filter(({ status }) => status === 101).length);
    case 'visitors':
      return String(visitorsOf(trace, name).length);
    case 'messages':
      return String(data.filter(({ receivedAt }) => receivedAt !== undefined).length);
    case 'frame bytes':
      return count(known(data[frame - 1]?.captured, of).bytes.length / 2);
    case 'payload bytes':
      return count(known(data[frame - 1], of).length);
    case 'header bytes': {
      const { bytes, length } = known(data[frame - 1]?.captured, of);
      return String(bytes.length / 2 - length);
    }
    case 'FIN':
      return known(data[frame - 1]?.captured, of).fin ? '1' : '0';
    case 'frame text':
      return frameText(
        data.map((flight) => frameOf(flight, of)),
        frame - 1,
      );
    case 'frames':
      return String(data.length);
    case 'message events':
      return String(trace.events.filter((event) => event.connection === id && event.name === 'message_received').length);
    case 'frames before ping': {
      const ping = firstControl(flights, direction, Opcode.ping);
      return String(data.filter((flight) => flight.frame < ping.frame).length);
    }
    case 'pong lead': {
      const last = flights.filter((flight) => isData(flight) && flight.direction === 'server-to-client').at(-1);
      return ms(known(last?.receivedAt, of) - firstControl(flights, 'client-to-server', Opcode.pong).sentAt);
    }
    case 'opcode':
      return opcodeText(known(data[frame - 1]?.captured, of).opcode);
    case 'masking key':
      return spaced(known(frameOf(data[frame - 1], of).maskingKey, of));
    case 'wire payload': {
      const { bytes, headerLength } = frameOf(data[frame - 1], of);
      return spaced(bytes.subarray(headerLength));
    }
    case 'close payload':
      return spaced(closePayload(flights, direction)) || 'none';
    case 'close sent': {
      const [high, low] = closePayload(flights, direction);
      return high === undefined || low === undefined ? 'empty' : String(high * 256 + low);
    }
    case 'close code':
      return String(closing(trace, id, at).code);
    case 'close reason':
      return closing(trace, id, at).reason;
    case 'time to open':
      return ms(timeOf(trace, id, 'connection_opened') - timeOf(trace, id, 'connection_started'));
    case 'time to close':
      return ms(timeOf(trace, id, 'connection_closed') - timeOf(trace, id, 'close_called'));
    case 'life':
      return ms(timeOf(trace, id, 'connection_closed') - timeOf(trace, id, 'connection_started'));
    case 'handshake bytes':
      return String(known(handshake, of).length);
    case 'field':
      return field(known(handshake, of), name);
    case 'span':
      return seconds(duplex.spanMs);
  }
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return known(sorted[Math.floor(sorted.length / 2)], 'one way');
}

/** Control frames of one opcode that arrived. */
function controls(flights: readonly Flight[], direction: Direction, opcode: number): number {
  return flights.filter(
    (flight) => flight.direction === direction && flight.captured?.opcode === opcode && flight.receivedAt !== undefined,
  ).length;
}

function timeOf(trace: Trace, id: string | undefined, name: string, at: VantagePoint = 'client'): number {
  return known(
    trace.events.find((event) => event.connection === id && event.at === at && event.name === name),
    name,
  ).time;
}

type Closing = Extract<TraceEvent, { name: 'connection_closed' }>;

function closing(trace: Trace, id: string | undefined, at: 'client' | 'server'): Closing {
  const isIt = (event: TraceEvent): event is Closing =>
    event.name === 'connection_closed' && event.connection === id && event.at === at;
  return known(trace.events.find(isIt), `connection_closed at the ${at}`);
}

function firstControl(flights: readonly Flight[], direction: Direction, opcode: number): Flight {
  const isIt = (flight: Flight): boolean => flight.direction === direction && flight.kind === 'frame';
  return known(
    flights.find((flight) => isIt(flight) && flight.captured?.opcode === opcode),
    opcodeName(opcode),
  );
}

/** The text of the frame at `at`, read on from the frames before it. */
function frameText(frames: readonly Frame[], at: number): string {
  let state = utf8Start;
  for (const { payload, opcode } of frames.slice(0, at)) {
    const read = readUtf8(payload, opcode === Opcode.continuation ? state : utf8Start);
    state = 'end' in read ? read.end : utf8Start;
  }
  const frame = known(frames[at], 'frame text');
  const { text, begins, ends } = textOf(frame.payload, frame.opcode === Opcode.continuation ? state : utf8Start);
  return `${begins ? '…' : ''}${text}${ends ? '…' : ''}`;
}

/** Fields of JSON messages that figures are about. */
interface Told {
  type?: unknown;
  status?: unknown;
  good?: unknown;
}

/** What a message from the server says, where it is JSON with a type. */
function told(flight: Flight): Told | undefined {
  if (flight.direction !== 'server-to-client' || !isData(flight)) return undefined;
  try {
    return (JSON.parse(new TextDecoder().decode(frameOf(flight, 'told').payload)) as Told | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What a door told of its visitors who are good, or hostile. */
function visitorsOf(trace: Trace, kind: string): Told[] {
  return flightsOf(trace).flatMap((flight) => {
    const answer = told(flight);
    return answer?.type === 'answered' && answer.good === (kind === 'good') ? [answer] : [];
  });
}

function frameOf(flight: Flight | undefined, what: string): Frame {
  return known(new FrameParser().push(fromHex(known(flight?.captured, what).bytes))[0], what);
}

/** Of the Close frame in that direction (RFC 6455 §5.5.1). */
function closePayload(flights: readonly Flight[], direction: Direction): Uint8Array {
  const isClose = ({ kind, captured }: Flight): boolean => kind === 'frame' && captured?.opcode === Opcode.close;
  return frameOf(
    flights.find((flight) => flight.direction === direction && isClose(flight)),
    'close',
  ).payload;
}

const opcodeText = (opcode: number): string => `0x${opcode.toString(16)} (${opcodeName(opcode)})`;

/** Bytes as `37 fa 21 3d`. */
const spaced = (bytes: Uint8Array): string => toHex(bytes).replace(/..(?=.)/g, '$& ');

function field(handshake: Flight, name: string): string {
  const text = new TextDecoder().decode(fromHex(known(handshake.captured, name).bytes));
  return known(fieldValue(parseHttpHead(text), name), name);
}

function known<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new RangeError(`Cannot measure "${what}": the trace does not hold it`);
  return value;
}
