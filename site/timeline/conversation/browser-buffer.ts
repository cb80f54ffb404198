/** Works out what a browser held of a program's sends on one connection, from occasional looks at `bufferedAmount`. */
import { type FlightTable, FlightFlag } from '../../../protocol/trace/flight-table.ts';

/** One `buffer_read` event of a connection. */
export interface BufferReading {
  time: number;
  /** Bytes of payload. */
  amount: number;
}

/**
 * Returns the steps of what the browser held, in the order of time: so many bytes from each time on. Between two readings it is
 * what the last one said, and at most what the program has sent and the link has not got yet, since bytes that the link has got
 * have left the browser. `number` is the connection's in the columns; undefined if it has no flights.
 */
export function heldByBrowser(
  columns: FlightTable,
  number: number | undefined,
  readings: readonly BufferReading[],
): [time: number, bytes: number][] {
  if (readings.length === 0) return [];
  const changes = [
    ...readings.map(({ time, amount }): Change => ({ time, sent: 0, read: amount })),
    ...outstandingOf(columns, number),
  ].sort((a, b) => a.time - b.time);
  const steps: [number, number][] = [];
  let [outstanding, reading, held] = [0, 0, 0];
  for (const { time, sent, read } of changes) {
    outstanding += sent;
    reading = read ?? reading;
    const now = Math.max(0, Math.min(reading, outstanding));
    if (now !== held) steps.push([time, (held = now)]);
  }
  return steps;
}

/** A reading, or bytes that a program sent, or, as a negative number, bytes that the link got. */
interface Change {
  time: number;
  sent: number;
  read?: number;
}

/** Returns what a program sent and what of it the link got; infinite if the frames cannot tell. */
function outstandingOf(columns: FlightTable, number: number | undefined): Change[] {
  const { length, connection, looks, sentAt, queuedAt, bytes } = columns;
  const changes: Change[] = [];
  let [messageSentAt, continues] = [0, false];
  for (let i = 0; i < length; i++) {
    const look = looks[i] as number;
    // Skip the handshake and the answers to pings: they are the browser's own.
    if (connection[i] !== number || !(look & FlightFlag.carried) || look & FlightFlag.fromServer) continue;
    if (look & FlightFlag.compressed) return [{ time: -Infinity, sent: Infinity }];
    // All frames of a message were sent with its first one.
    if (!continues) messageSentAt = sentAt[i] as number;
    continues = (look & FlightFlag.continues) !== 0;
    changes.push({ time: messageSentAt, sent: bytes[i] as number });
    if (!Number.isNaN(queuedAt[i])) changes.push({ time: queuedAt[i] as number, sent: -(bytes[i] as number) });
  }
  return changes;
}
