/** Finds what an event of a trace tells of, in the index that joined the trace's events. */
import type { HttpExchange } from './exchange.ts';
import { lastBegun } from './exchange-index.ts';
import type { Flight } from './flight.ts';
import type { FlightIndex } from './flight-index.ts';
import type { ExchangeEvent, TraceEvent } from './trace.ts';

const ofExchanges = /^(?:exchange_|request_|response_|chunk_read$|event_received$|reconnecting$)/;
const isExchangeEvent = (event: TraceEvent): event is ExchangeEvent => ofExchanges.test(event.name);

/** Returns the exchange that an event tells of; undefined if it tells of none that is known. */
export function exchangeOf({ ofExchanges: { index } }: FlightIndex, event: TraceEvent): HttpExchange | undefined {
  if (!isExchangeEvent(event)) return undefined;
  if (event.at !== 'client') return index.numbered(event.exchange ?? -1);
  return event.name === 'exchange_started' ? index.asked(event)[0] : lastBegun(index.asked(event), event.time);
}

/** Returns the flight that an event tells of; undefined if it tells of none that is known. */
export function flightOf(index: FlightIndex, event: TraceEvent): Flight | undefined {
  switch (event.name) {
    case 'message_sent':
      return index.side(event.connection, 'client-to-server')?.firstFrames.get(event.message);
    case 'message_received':
      return index.side(event.connection, 'server-to-client')?.finalFrames.get(event.message);
    case 'handshake_sent':
    case 'handshake_received':
      return index.side(event.connection, event.direction)?.handshake;
    case 'frame_sent':
    case 'frame_departed':
    case 'frame_received':
    case 'frame_dropped':
      return index.side(event.connection, event.direction)?.frames[event.frame];
    default: {
      const exchange = exchangeOf(index, event);
      const known = exchange && index.ofExchanges.of(exchange);
      const isPart = event.name.startsWith('response_') && 'part' in event;
      return isPart ? known?.parts?.[event.part] : known?.request;
    }
  }
}
