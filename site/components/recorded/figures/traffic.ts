/** Figures of how much there was: frames, messages, bytes that waited. */
import { isData } from '../../../../protocol/trace/flight.ts';
import { mostQueued, queueSteps } from '../../../../protocol/measures/upload-queue.ts';
import { Opcode } from '../../../../protocol/wire/frame.ts';
import { roundBytes } from '../../pictures/bytes.ts';
import type { ReadFigure, Reading } from './reading.ts';
import { wholePercent } from '../../../../protocol/words/percent.ts';

export const traffic = {
  /** The share of time in which both directions carried bytes, such as "38 %". */
  both: ({ duplex }) => wholePercent(duplex.both),
  /** The most data frames in flight at one moment in `direction`. */
  'most in flight': ({ duplex, direction }) => String(duplex.mostInFlight[direction]),
  /** Data frames that the link did not carry. */
  dropped: ({ flights }) => String(flights.filter((flight) => isData(flight) && flight.dropped).length),
  /** Ping frames that arrived in `direction`. */
  pings: (reading) => String(arrivedControls(reading, Opcode.ping)),
  /** Pong frames that arrived in `direction`. */
  pongs: (reading) => String(arrivedControls(reading, Opcode.pong)),
  /** The most payload bytes at one moment that the client had sent and that had not arrived. */
  'most queued': ({ trace, id }) => roundBytes(mostQueued(queueSteps(trace, id))),
  /** The same, counting only bytes that had not reached the sandbox yet. */
  'most before': ({ trace, id }) => roundBytes(Math.max(...queueSteps(trace, id).map(({ before }) => before))),
  /** Data frames that arrived in `direction`. */
  messages: ({ data }) => String(data.filter(({ receivedAt }) => receivedAt !== undefined).length),
  /** Data frames sent in `direction`. */
  frames: ({ data }) => String(data.length),
  /** Messages that the client's program received. */
  'message events': ({ trace, id }) =>
    String(trace.events.filter((event) => event.connection === id && event.name === 'message_received').length),
  /** Data frames sent in `direction` before its first Ping. */
  'frames before ping': (reading) => {
    const ping = reading.control(Opcode.ping);
    return String(reading.data.filter((flight) => flight.frame < ping.frame).length);
  },
} satisfies Record<string, ReadFigure>;

function arrivedControls({ flights, direction }: Reading, opcode: number): number {
  return flights.filter(
    (flight) => flight.direction === direction && flight.captured?.opcode === opcode && flight.receivedAt !== undefined,
  ).length;
}
