/** Figures of how long things took. */
import { isData } from '../../../../protocol/trace/flight.ts';
import { Opcode } from '../../../../protocol/wire/frame.ts';
import { inSeconds, wholeMs } from '../../../../protocol/words/duration.ts';
import type { ReadFigure, Reading } from './reading.ts';

export const timing = {
  /** The median time that data frames in `direction` were on their way, ms. */
  'one way': (reading) => {
    const times = reading.data.flatMap(({ departedAt, receivedAt }) =>
      departedAt === undefined || receivedAt === undefined ? [] : [receivedAt - departedAt],
    );
    return wholeMs(reading.known(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]));
  },
  /** From when the link went silent to the client's close event, s. */
  'silent for': (reading) => inSeconds(reading.timeOf('connection_closed') - reading.timeOf('link_silenced', 'link')),
  /** From when the link went silent to the client's `close()`, s. */
  'noticed after': (reading) => inSeconds(reading.timeOf('close_called') - reading.timeOf('link_silenced', 'link')),
  /** From the client's first `send()` to its last, ms. */
  'time to send': (reading) => wholeMs(reading.known(reading.data.at(-1)).sentAt - firstSentAt(reading)),
  /** From the client's first `send()` to the last arrival at the server, s. */
  'time to arrive': (reading) =>
    inSeconds(Math.max(...reading.data.map(({ receivedAt = 0 }) => receivedAt)) - firstSentAt(reading)),
  /** From the client's first Pong to the receipt of the server's last data frame, ms. */
  'pong lead': (reading) => {
    const last = reading.flights.filter((flight) => isData(flight) && flight.direction === 'server-to-client').at(-1);
    return wholeMs(reading.known(last?.receivedAt) - reading.control(Opcode.pong, 'client-to-server').sentAt);
  },
  /** From `new WebSocket` to the open event, ms. */
  'time to open': (reading) => wholeMs(reading.timeOf('connection_opened') - reading.timeOf('connection_started')),
  /** From `close()` to the close event, ms. */
  'time to close': (reading) => wholeMs(reading.timeOf('connection_closed') - reading.timeOf('close_called')),
  /** From `new WebSocket` to the close event, ms. */
  life: (reading) => wholeMs(reading.timeOf('connection_closed') - reading.timeOf('connection_started')),
  /** From the first departure to the last receipt, s. */
  span: ({ duplex }) => inSeconds(duplex.spanMs),
} satisfies Record<string, ReadFigure>;

const firstSentAt = (reading: Reading): number => reading.known(reading.data[0]).sentAt;
