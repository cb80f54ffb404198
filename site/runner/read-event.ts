/**
 * Reads a client's events without trusting them, since anybody may have sent them: takes only the fields that a client knows for
 * each name, each with its type and within its limits. Never believes a client about events that happen only at the server.
 */
import { clientNameOf } from '../../protocol/trace/client-name.ts';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { cut, messageLimits } from './message-limits.ts';

/** Thrown for anything that no Worker of ours sends. */
export class BrokenRule extends Error {
  override name = 'BrokenRule';
}

/** Reads a field. Throws a BrokenRule if it is not as it should be. */
type Field = (value: unknown) => unknown;

const broken = (what: string): never => {
  throw new BrokenRule(what);
};

/** Returns a reader for a text, which it cuts to `most` characters. */
export const text =
  (most: number) =>
  (value: unknown): string =>
    typeof value === 'string' ? cut(value, most) : broken('a text');

/** Returns a reader for a whole number from 0 to `most`. */
export const count =
  (most: number = Number.MAX_SAFE_INTEGER) =>
  (value: unknown): number =>
    Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most ? (value as number) : broken('a number');

/** Reads a finite number. */
export const number = (value: unknown): number => (Number.isFinite(value) ? (value as number) : broken('a number'));

/** Returns a reader for one of these values. */
export const oneOf =
  <const Value>(...values: readonly Value[]) =>
  (value: unknown): Value =>
    values.includes(value as Value) ? (value as Value) : broken(`one of ${values.join(', ')}`);

const optional =
  (field: Field): Field =>
  (value) =>
    value === undefined ? undefined : field(value);

const field = text(messageLimits.field);
const address = text(messageLimits.address);
const flag = oneOf(true, false);
/** A close code as browsers accept or report it. */
const code = count(65_535);
const request = count();

const message = { message: count(), kind: oneOf('text', 'binary'), length: count() };

/** The fields that a client may report, by the event's name. */
const fields: Partial<Record<TraceEvent['name'], Record<string, Field>>> = {
  connection_started: { url: address },
  connection_opened: {},
  message_sent: message,
  message_received: message,
  buffer_read: { amount: count() },
  close_called: { code: optional(code), reason: optional(field) },
  connection_closed: { code, reason: field, wasClean: flag },
  exchange_started: { request, method: field, target: address, api: oneOf('fetch', 'EventSource') },
  response_received: { request, direction: oneOf('server-to-client'), part: oneOf(0), status: count(999) },
  chunk_read: { request, chunk: count(), length: optional(count()) },
  event_received: { request, event: count(), type: field, lastEventId: field, length: count() },
  reconnecting: { request },
  exchange_ended: { request, complete: flag, cause: optional(oneOf('aborted', 'failed')), reason: optional(field) },
};

/** Reads a client's event. Its connections must be named with the client's letter and a number. Throws a BrokenRule. */
export function readEvent(value: unknown, client: string): TraceEvent {
  const given = record(value);
  const known = Object.hasOwn(fields, given['name'] as string) ? fields[given['name'] as TraceEvent['name']] : undefined;
  if (!known) return broken('an event of a client');
  const event: Record<string, unknown> = {
    time: number(given['time']),
    at: oneOf('client')(given['at']),
    connection: ownConnection(given['connection'], client),
    name: given['name'],
  };
  for (const [name, read] of Object.entries(known)) {
    const value = read(given[name]);
    if (value !== undefined) event[name] = value;
  }
  return event as unknown as TraceEvent;
}

/**
 * Reads an event of a run in the page again if it was seen at a client's API, since the client's program told of it. Throws a
 * BrokenRule.
 */
export const readSeen = (event: TraceEvent): TraceEvent =>
  event.at === 'client' ? readEvent(event, clientNameOf(event.connection)) : event;

/** Reads an object. Throws a BrokenRule if the value is not one. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : broken('an object');
}

function ownConnection(value: unknown, client: string): string {
  const isOwn = typeof value === 'string' && value.startsWith(client) && /^[1-9]\d{0,5}$/.test(value.slice(client.length));
  return isOwn ? value : broken('a connection of its own');
}
