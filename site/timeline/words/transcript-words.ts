/** Puts the lines of the transcript into words. */
import { formatCount } from '../../../protocol/words/count.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { isControl, Opcode } from '../../../protocol/wire/frame.ts';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { preview, shorten } from '../conversation/payload-preview.ts';
import { formatTime } from './time.ts';
import { type Line, timeOf } from './transcript.ts';
import { bytesWords, clientOf, kindWords } from './flight-words.ts';

/** The conversation that a line tells of. */
export type Telling = Pick<Conversation, 'connections' | 'between'>;

/** `at 120 ms, client A sends text “Hello”, 5 bytes, while a frame from the server is in flight` */
export function lineWords(line: Line, telling: Telling): string {
  return `at ${formatTime(timeOf(line))}, ${happening(line, telling)}`;
}

/** Returns the line's words without the time. */
export function happening(line: Line, telling: Telling): string {
  if (line.of === 'flight') return flightStepWords(line, telling);
  if (line.of === 'exchange') return exchangeStepWords(line, telling);
  return eventWords(line.event, telling);
}

/** Returns `client A`, with the connection's name if the client has several. */
function clientName(connection: string, { connections }: Telling): string {
  const client = clientOf(connection, connections);
  const several = connections.filter((other) => other.client === client).length > 1;
  return several ? `client ${client} on ${connection}` : `client ${client}`;
}

function endsOf({ connection, direction }: Pick<Flight, 'connection' | 'direction'>, telling: Telling): [string, string] {
  const client = clientName(connection, telling);
  return direction === 'client-to-server' ? [client, 'the server'] : ['the server', client];
}

/** Says what a frame is and carries: `text “Hello”, 5 bytes`. */
function frameWords(flight: Flight, { connections }: Telling): string {
  const isRequest = flight.kind === 'handshake' && flight.direction === 'client-to-server';
  // Show the address as the reader wrote it: the sandbox's own says nothing.
  const url = isRequest ? connections.find(({ id }) => id === flight.connection)?.url : undefined;
  const text = shorten(url ? `GET ${url}` : preview(flight), 60);
  const quoted = text ? ` “${text}”` : '';
  return `${nameOf(flight)}${quoted}, ${bytesWords(flight.length)}`;
}

function nameOf(flight: Flight): string {
  const { kind, captured } = flight;
  if (kind === 'handshake' || !captured || isControl(captured.opcode)) return kindWords(flight);
  if (captured.opcode === Opcode.continuation) return captured.fin ? 'the last fragment' : 'a fragment';
  return captured.fin ? kindWords(flight) : `the first fragment of a ${kindWords(flight)} message`;
}

/** Returns how many frames were in flight the other way on a flight's connection at the moment it was sent. */
function crossingFrames({ connection, direction, sentAt }: Flight, { between }: Telling): number {
  return between(sentAt, sentAt).filter(
    (other) =>
      other.connection === connection &&
      other.direction !== direction &&
      other.kind === 'frame' &&
      (other.departedAt ?? Infinity) <= sentAt &&
      (other.receivedAt ?? (other.dropped ? 0 : Infinity)) > sentAt,
  ).length;
}

function flightStepWords({ step, flight, resent }: Line & { of: 'flight' }, telling: Telling): string {
  const [from, to] = endsOf(flight, telling);
  const what = frameWords(flight, telling);
  const { sentAt, departedAt = sentAt, receivedAt = sentAt, dropped } = flight;
  switch (step) {
    case 'sent': {
      const others = flight.kind === 'frame' ? crossingFrames(flight, telling) : 0;
      const [, other] = endsOf(flight, telling);
      const crossing =
        others === 0
          ? ''
          : `, while ${others === 1 ? `a frame from ${other} is` : `${others} frames from ${other} are`} in flight`;
      return `${from} sends ${what}${flight.captured ? '' : ', but no frame of it was captured'}${crossing}`;
    }
    case 'departed': {
      const waited = departedAt - sentAt;
      const after = waited >= 1 ? `, ${formatTime(waited)} after it was sent` : '';
      return `the link begins to carry ${what}, from ${from}${after}${resentWords(resent)}`;
    }
    case 'received':
      return `${to} receives ${what}, ${formatTime(receivedAt - sentAt)} after it was sent`;
    case 'dropped':
      return `the link drops ${what}, from ${from}: ${dropped?.reason ?? ''}`;
  }
}

function resentWords(resent: number): string {
  if (resent === 0) return '';
  return `; it is lost ${resent === 1 ? 'once' : `${resent} times`} and sent again, and all that follows waits for it`;
}

function exchangeStepWords(line: Line & { of: 'exchange' }, telling: Telling): string {
  const { step, exchange, part, resent } = line;
  const { method, target, startedAt, request, status, parts, heldMs } = exchange;
  const client = clientName(exchange.connection, telling);
  const asked = `${method} ${shorten(target, 60)}`;
  const response = parts[part];
  const size = bytesWords(response?.length ?? 0);
  const answer = part === 0 ? `the response ${status ?? ''}, ${size}` : `part ${part + 1} of the response, ${size}`;
  const took = (from: number | undefined): string =>
    from === undefined ? '' : `, ${formatTime(timeOf(line) - from)} after it was sent`;
  switch (step) {
    case 'asked':
      return `${client} asks ${asked}`;
    case 'request departed':
      return `the link begins to carry ${asked}, from ${client}${took(request.sentAt)}${resentWords(resent)}`;
    case 'request received': {
      const held = heldMs !== undefined && heldMs >= 1 ? `, and holds it for ${formatTime(heldMs)}` : '';
      return `the server receives ${asked} from ${client}, ${formatTime((request.receivedAt ?? startedAt) - startedAt)} after it was asked${held}`;
    }
    case 'request dropped':
      return `the link drops ${asked}, from ${client}: ${reasonIn(line.events)}`;
    case 'response sent':
      return `the server sends ${answer}, to ${asked} of ${client}`;
    case 'response departed':
      return `the link begins to carry ${answer}, to ${client}${took(response?.sentAt)}${resentWords(resent)}`;
    case 'response received':
      // If a request never arrived, the link itself answers.
      if (request.receivedAt === undefined && response?.sentAt === undefined)
        return `the link itself answers ${asked} of ${client} with ${status ?? 'nothing'}`;
      return `${client} receives ${answer}, to ${asked}${took(response?.sentAt)}`;
    case 'response dropped':
      return `the link drops ${answer}, to ${client}: ${reasonIn(line.events)}`;
    case 'ended': {
      // This is the socket's view: a line about what the program saw tells the program's reason, which may differ.
      const [ended] = line.events as [TraceEvent];
      const whole = 'complete' in ended && ended.complete;
      return whole ? `${asked} of ${client} is answered in full` : `${asked} of ${client} is cut off: ${reasonIn([ended])}`;
    }
    case 'seen': {
      const [event] = line.events as [TraceEvent];
      return event.name === 'reconnecting'
        ? `${client} has lost the stream of ${asked}, and its EventSource says that it will ask again`
        : `${client} ${sightingWords(event)} of ${asked}`;
    }
  }
}

/** Says what a program saw of an exchange; `of GET …` follows. */
function sightingWords(event: TraceEvent): string {
  switch (event.name) {
    case 'response_received':
      return `sees the response’s head${event.status === undefined ? '' : `, ${event.status},`}`;
    case 'chunk_read':
      return event.length === undefined ? 'reads some of the content' : `reads ${bytesWords(event.length)} of the content`;
    case 'event_received':
      return `is given an event “${shorten(event.type, 30)}”, ${bytesWords(event.length)},`;
    case 'exchange_ended':
      if (event.complete) return 'sees the end';
      return event.cause === 'aborted' ? 'gives up its reading' : 'sees the failure';
    default:
      return `notes ${event.name.replaceAll('_', ' ')}`;
  }
}

const reasonIn = (events: readonly TraceEvent[]): string =>
  events.map((event) => ('reason' in event ? (event.reason ?? '') : '')).join(' ');

function eventWords(event: TraceEvent, telling: Telling): string {
  const client = clientName(event.connection, telling);
  const end = event.at === 'client' ? client : 'the server';
  switch (event.name) {
    case 'connection_started':
      return `${client} opens a connection to ${shorten(event.url, 60)}`;
    case 'connection_opened':
      return event.at === 'client'
        ? `for ${client} the connection is open`
        : `for the server the connection of ${client} is open`;
    case 'close_called': {
      const code = event.code === undefined ? '' : ` with ${event.code}${event.reason ? ` “${shorten(event.reason, 60)}”` : ''}`;
      return `${client} calls close()${code}`;
    }
    case 'connection_closed': {
      const whose = event.at === 'client' ? `for ${client} the connection` : `for the server the connection of ${client}`;
      const reason = event.reason ? ` “${shorten(event.reason, 60)}”` : '';
      return `${whose} is closed, ${event.wasClean ? 'cleanly' : 'not cleanly'}, with ${event.code}${reason}`;
    }
    case 'link_cut':
      return `the link of ${client} is cut, and both ends notice`;
    case 'link_silenced':
      return `the link of ${client} goes silent, and neither end is told`;
    case 'buffer_read':
      return event.amount === 0
        ? `the browser of ${client} has handed on all that was sent`
        : `the browser of ${client} still holds ${bytesWords(event.amount)} of what was sent`;
    case 'events_omitted':
      return `${formatCount(event.count)} ${event.count === 1 ? 'event' : 'events'} of ${client} left out: there were more than could be kept`;
    case 'message_received':
      return `${client} receives a ${event.kind} message, ${bytesWords(event.length)}, but no frame of it was captured`;
    case 'frame_departed':
    case 'frame_received':
    case 'frame_dropped': {
      const [from] = endsOf(event, telling);
      const does = { frame_departed: 'begins to move', frame_received: 'arrives', frame_dropped: 'is dropped' }[event.name];
      return `frame ${event.frame + 1} from ${from} ${does}; its bytes were not captured`;
    }
    default:
      // The start of its exchange was not captured, or this page does not know its kind yet.
      return `${end}: ${event.name.replaceAll('_', ' ')}`;
  }
}
