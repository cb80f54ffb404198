/** Counts what a conversation cost in connections, requests, messages and bytes, from what was captured. */
import type { Flight } from '../trace/flight.ts';
import { isData } from '../trace/flight.ts';
import { requestBytes, responseBytes } from '../trace/http-message.ts';
import type { Trace } from '../trace/trace.ts';
import type { Direction } from '../wire/direction.ts';
import { shortestHeaderLength } from '../wire/frame.ts';

/** Bytes by purpose. */
export interface TrafficBytes {
  /** Bytes of messages, and of the content of requests and responses. */
  payload: number;
  /** Bytes of frame headers and control frames (RFC 6455 §5.2), and of the framing of chunks (RFC 9112 §7.1). */
  framing: number;
  /** Bytes of request and response heads, including those of opening handshakes. */
  heads: number;
}

/** A conversation in figures. */
export interface Traffic {
  /** TCP connections. */
  connections: number;
  /** HTTP requests, including opening handshakes and preflights. */
  requests: number;
  /** WebSocket messages. */
  messages: Record<Direction, number>;
  bytes: Record<Direction, TrafficBytes>;
  /** All bytes, both ways. */
  total: number;
}

const none = (): TrafficBytes => ({ payload: 0, framing: 0, heads: 0 });

/** Counts the flights of a trace. The bytes of TLS, TCP and IP, below HTTP and WebSocket, are not seen and not counted. */
export function trafficOf({ connections, events }: Pick<Trace, 'connections' | 'events'>, flights: readonly Flight[]): Traffic {
  const traffic: Traffic = {
    connections: 0,
    requests: 0,
    messages: { 'client-to-server': 0, 'server-to-client': 0 },
    bytes: { 'client-to-server': none(), 'server-to-client': none() },
    total: 0,
  };
  for (const flight of flights) count(flight, traffic);
  const sockets = new Set<number>();
  for (const event of events) if (event.name === 'exchange_started' && event.socket !== undefined) sockets.add(event.socket);
  traffic.connections = connections.filter(({ kind }) => kind !== 'http').length + sockets.size;
  for (const { payload, framing, heads } of Object.values(traffic.bytes)) traffic.total += payload + framing + heads;
  return traffic;
}

function count(flight: Flight, traffic: Traffic): void {
  const { direction, kind, captured, length } = flight;
  const way = traffic.bytes[direction];
  if (kind === 'request' || (kind === 'handshake' && direction === 'client-to-server')) traffic.requests++;
  if (kind === 'handshake') way.heads += length;
  else if (kind === 'frame') {
    if (!captured) return;
    const header = shortestHeaderLength(captured.length, captured.masked);
    way.framing += isData(flight) ? header : header + captured.length;
    if (!isData(flight)) return;
    way.payload += captured.length;
    // A message ends with the frame that has FIN (RFC 6455 §5.4).
    if (captured.fin) traffic.messages[direction]++;
  } else {
    const exchange = flight.exchange;
    const seen = exchange && (kind === 'request' ? requestBytes(exchange) : responseBytes(exchange, flight.part ?? 0));
    if (!seen) return;
    way.heads += seen.headLength;
    way.framing += seen.framingLength;
    way.payload += seen.content.length;
  }
}
