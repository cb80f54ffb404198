/** Test data: small conversations written by hand. None of it was ever on a wire, and no page shows it. */
import type { Flight } from '../../../protocol/trace/flight.ts';
import { encodeFrame } from '../../../protocol/wire/frame.ts';
import { type Trace, type TraceEvent, toHex } from '../../../protocol/trace/trace.ts';
import { readConversation } from '../conversation/conversation.ts';

const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

/** Returns a text frame sent at `sentAt`, by default received 100 ms later. */
export function textFlight(sentAt: number, changes: Partial<Flight> & { text?: string; opcode?: number } = {}): Flight {
  const { text = 'Hello', opcode = 1, ...rest } = changes;
  const direction = rest.direction ?? 'client-to-server';
  const masked = direction === 'client-to-server';
  const payload = new TextEncoder().encode(text);
  const bytes = toHex(encodeFrame({ opcode, payload, maskingKey: masked ? key : undefined }));
  return {
    id: `${rest.connection ?? 'A1'} ${direction} ${sentAt}`,
    connection: 'A1',
    direction,
    kind: 'frame',
    frame: 0,
    captured: { fin: true, rsv: 0, opcode, masked, length: payload.length, bytes },
    message: 0,
    messageKind: 'text',
    length: payload.length,
    sentAt,
    departedAt: sentAt,
    receivedAt: sentAt + 100,
    dropped: undefined,
    ...rest,
  };
}

/** Returns a text frame from the server. */
export const answer = (sentAt: number, changes: Parameters<typeof textFlight>[1] = {}): Flight =>
  textFlight(sentAt, { direction: 'server-to-client', ...changes });

export const connection = (id: string, url = '/echo'): Trace['connections'][number] => ({ id, client: id.slice(0, 1), url });

/** Returns a conversation of these flights, on one connection by default. */
export const conversationOf = (flights: readonly Flight[], connections = [connection('A1')], events: TraceEvent[] = []) =>
  readConversation({ connections, events }, flights);

/** Returns the events of both ends closing. */
export const closed = (id: string, time: number, wasClean = true): TraceEvent[] =>
  (['client', 'server'] as const).map((at) => ({
    time,
    at,
    connection: id,
    name: 'connection_closed',
    code: wasClean ? 1000 : 1006,
    reason: '',
    wasClean,
  }));

export const started = (id: string, time: number, url = '/echo'): TraceEvent => ({
  time,
  at: 'client',
  connection: id,
  name: 'connection_started',
  url,
});
