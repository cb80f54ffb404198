/** What a browser holds of what a program sent on one connection (`bufferedAmount`), as a program that looked at it now and then saw it. */
import { type FlightTable, FlightFlag } from '../../../protocol/trace/flight-table.ts';

/** What `buffer_read` events say of one connection. */
export interface BufferReading {
  time: number;
  /** Bytes of payload. */
  amount: number;
}

/**
 * Steps of what it held: from each time on, so many bytes; in the order of time. Between two readings it is what the last one said,
 * and no more than what the program has sent and the link has not got yet: all of that has left the browser. `number` is the
 * connection's in the columns; undefined where it has no flights.
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

/** A reading, or so many bytes that a program sent, or less than none that the link got. */
interface Change {
  time: number;
  sent: number;
  read?: number;
}

/** What a program sent, and what of it the link got; without an end where that cannot be told from the frames. */
function outstandingOf(columns: FlightTable, number: number | undefined): Change[] {
  const { length, connection, looks, sentAt, queuedAt, bytes } = columns;
  const changes: Change[] = [];
  let [messageSentAt, continues] = [0, false];
  for (let i = 0; i < length; i++) {
    const look = looks[i] as number;
    // The handshake and the answers to pings are the browser's own.
    if (connection[i] !== number || !(look & FlightFlag.carried) || look & FlightFlag.fromServer) continue;
    if (look & FlightFlag.compressed) return [{ time: -Infinity, sent: Infinity }];
    // All frames of a message were sent with the first of them.
    if (!continues) messageSentAt = sentAt[i] as number;
    continues = (look & FlightFlag.continues) !== 0;
    changes.push({ time: messageSentAt, sent: bytes[i] as number });
    if (!Number.isNaN(queuedAt[i])) changes.push({ time: queuedAt[i] as number, sent: -(bytes[i] as number) });
  }
  return changes;
}
