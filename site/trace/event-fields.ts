/**
 * What the fields of a trace's events may hold: anyone can have written an opened file, and everything that shows a trace relies
 * on this.
 */

/** A test of one value, and the fault to report if it fails: `its "frame" …`. */
interface Field {
  holds: (value: unknown) => boolean;
  fault: string;
  /** True if the field may be absent. */
  isOptional?: boolean;
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const upTo =
  (most: number) =>
  (value: unknown): boolean =>
    isCount(value) && (value as number) <= most;

const oneOf = (...values: readonly string[]): Field => ({
  holds: (value) => values.includes(value as string),
  fault: `is not one of ${values.join(', ')}`,
});
const count: Field = { holds: isCount, fault: 'is not a number from 0' };
const bytes: Field = { holds: isCount, fault: 'is not a number of bytes' };
const text: Field = { holds: (value) => typeof value === 'string', fault: 'is not text' };
const yesOrNo: Field = { holds: (value) => typeof value === 'boolean', fault: 'is not true or false' };
const bits = (most: number): Field => ({ holds: upTo(most), fault: `is not a number from 0 to ${most}` });
/** Avoid a group with a star: on megabytes it would overflow the stack. */
const isHex = (value: unknown): boolean =>
  typeof value === 'string' && !/[^\da-f\s]/i.test(value) && value.replace(/\s+/g, '').length % 2 === 0;
const hex: Field = { holds: isHex, fault: 'are not hexadecimal' };
const optional = (field: Field): Field => ({ ...field, isOptional: true });

/** Nothing is drawn farther than this from the run's beginning, ms: some thirty years. */
const farthest = 1e12;
const longestName = 200;

/** Fields of every event. */
const common = {
  time: {
    holds: (value: unknown) => typeof value === 'number' && Math.abs(value) <= farthest,
    fault: 'is not a number of milliseconds',
  },
  at: oneOf('client', 'socket', 'link', 'server'),
} satisfies Record<string, Field>;

const direction = oneOf('client-to-server', 'server-to-client');
const duration: Field = { holds: (value) => typeof value === 'number' && value >= 0, fault: 'is not a number of milliseconds' };
const moved = { direction, frame: count, resent: optional(count), takes: optional(duration) };
const dropped = { direction, reason: text };
const message = { message: count, kind: oneOf('text', 'binary'), length: bytes };
const closing = { code: count, reason: text, wasClean: yesOrNo };
/** A part is an index in a list. */
const part = bits(1_000_000);
const ofExchange = { exchange: optional(count), request: optional(count) };
const request = {
  ...ofExchange,
  direction: oneOf('client-to-server'),
  length: optional(bytes),
  bytes: optional(hex),
  resent: optional(count),
  takes: optional(duration),
};
const response = { ...request, direction: oneOf('server-to-client'), part, status: optional(count), final: optional(yesOrNo) };

const fields: Record<string, Record<string, Field>> = {
  connection_started: { url: text },
  handshake_sent: { direction, bytes: optional(hex) },
  handshake_received: { direction, bytes: optional(hex) },
  message_sent: message,
  message_received: message,
  buffer_read: { amount: bytes },
  frame_sent: {
    direction,
    frame: count,
    opcode: bits(15),
    rsv: optional(bits(7)),
    length: bytes,
    fin: yesOrNo,
    masked: yesOrNo,
    bytes: hex,
    message: optional(count),
  },
  frame_departed: moved,
  frame_received: moved,
  frame_dropped: { ...dropped, frame: count },
  close_called: { code: optional(count), reason: optional(text) },
  connection_closed: closing,
  events_omitted: { count },
  exchange_started: { ...ofExchange, method: text, target: text, socket: optional(count) },
  request_sent: request,
  request_departed: request,
  request_received: request,
  request_dropped: { ...ofExchange, ...dropped },
  response_sent: response,
  response_departed: response,
  response_received: response,
  response_dropped: { ...ofExchange, ...dropped, part },
  chunk_read: { ...ofExchange, chunk: count, length: optional(bytes) },
  event_received: { ...ofExchange, event: count, type: text, lastEventId: text, length: bytes },
  reconnecting: ofExchange,
  exchange_ended: { ...ofExchange, complete: yesOrNo, reason: optional(text) },
};

/** Returns true for a moment of a trace, ms from its beginning. */
export const isMoment = common.time.holds;

/** Returns true for a valid name of a client, a connection or another thing in a trace. */
export const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= longestName;

function faultIn(event: Record<string, unknown>, expected: Record<string, Field>): string | undefined {
  for (const [name, { holds, fault, isOptional }] of Object.entries(expected)) {
    const value = event[name];
    if (value === undefined ? !isOptional : !holds(value))
      return value === undefined ? `it lacks "${name}"` : `its "${name}" ${fault}`;
  }
  return undefined;
}

/** Returns what is wrong with an event, or undefined. Events with unknown names pass: they are not drawn. */
export function faultOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return 'it is not an object';
  const known = event as Record<string, unknown>;
  if (typeof known['name'] !== 'string') return 'it has no "name"';
  if (typeof known['connection'] !== 'string') return faultIn(known, common) ?? 'it names no "connection"';
  if (!isName(known['connection'])) return `its "connection" is longer than ${longestName} characters`;
  const expected = Object.hasOwn(fields, known['name']) ? fields[known['name']] : undefined;
  return faultIn(known, common) ?? (expected && faultIn(known, expected));
}
