/** Puts frames and conversations into words, for the table, for screen readers, and for the picture's text alternative. */
import { clientNameOf } from '../../../protocol/trace/client-name.ts';
import { formatCount } from '../../../protocol/words/count.ts';
import type { DuplexMeasure } from '../../../protocol/measures/duplex.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { opcodeName } from '../../../protocol/wire/frame.ts';
import type { TraceConnection } from '../../../protocol/trace/trace.ts';
import { preview, shorten } from '../conversation/payload-preview.ts';
import { percent } from './percent.ts';
import { formatTime } from './time.ts';

/** Returns the client that a connection belongs to. Connections are named after it: `A1` is client A's first. */
export function clientOf(connection: string, connections: readonly TraceConnection[]): string {
  return connections.find(({ id }) => id === connection)?.client ?? clientNameOf(connection);
}

/** `1 byte`, `5 bytes`, `65,536 bytes`. The inspector writes its own without commas. */
export function bytesWords(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'byte' : 'bytes'}`;
}

/** `client A → server`, or the way back. */
export function directionWords(flight: Flight, connections: readonly TraceConnection[]): string {
  const client = `client ${clientOf(flight.connection, connections)}`;
  return flight.direction === 'client-to-server' ? `${client} → server` : `server → ${client}`;
}

/** Returns what kind of frame it is, in the field's words. */
export function kindWords({ kind, direction, captured, messageKind, part = 0, exchange }: Flight): string {
  if (kind === 'request') return 'request';
  if (kind === 'response') return part === 0 && exchange?.parts[0]?.final ? 'response' : `response, part ${part + 1}`;
  if (kind === 'handshake') return direction === 'client-to-server' ? 'handshake request' : 'handshake response';
  return captured ? opcodeName(captured.opcode) : (messageKind ?? 'frame');
}

/** Says what became of a frame: how long it took, or why it did not arrive. `running` while its receipt may still come. */
export function fateWords({ sentAt, departedAt, receivedAt, dropped }: Flight, running: boolean): string {
  if (dropped) return `dropped: ${dropped.reason}`;
  if (receivedAt !== undefined) return formatTime(receivedAt - sentAt);
  if (!running) return 'not seen to arrive';
  return departedAt === undefined ? 'waiting' : 'in flight';
}

/** Describes one frame in a sentence. */
export function flightWords(flight: Flight, connections: readonly TraceConnection[], running: boolean): string {
  const text = shorten(preview(flight), 40);
  const parts = [
    `${directionWords(flight, connections)}: ${kindWords(flight)}${text ? ` “${text}”` : ''}`,
    bytesWords(flight.length),
    `sent at ${formatTime(flight.sentAt)}`,
    flight.receivedAt === undefined ? fateWords(flight, running) : `took ${fateWords(flight, running)}`,
  ];
  return `${parts.join(', ')}.`;
}

/** Clients beyond this many are counted and not named. */
const mostNamed = 12;

/** Describes the whole conversation in a few sentences. */
export function conversationWords(
  flights: readonly Flight[],
  connections: readonly TraceConnection[],
  measure: DuplexMeasure,
): string {
  const frames = flights.filter(({ kind }) => kind === 'frame');
  const up = frames.filter(({ direction }) => direction === 'client-to-server').length;
  const clients = [...new Set(connections.map(({ client }) => client))];
  const named = clients.slice(0, mostNamed).join(', ');
  const more = clients.length > mostNamed ? ` and ${formatCount(clients.length - mostNamed)} more` : '';
  const who = `${clients.length === 1 ? 'client' : 'clients'} ${named}${more} and the server`;
  const count = (n: number): string => `${n} ${n === 1 ? 'frame' : 'frames'}`;
  return (
    `${count(up)} from client to server and ${count(frames.length - up)} back, between ${who}, ` +
    `on ${connections.length} ${connections.length === 1 ? 'connection' : 'connections'}. ` +
    `During ${formatTime(measure.spanMs)}, client-to-server carried bytes for ${percent(measure.clientToServer)} of the time, ` +
    `server-to-client for ${percent(measure.serverToClient)}, both at once for ${percent(measure.both)}.`
  );
}
