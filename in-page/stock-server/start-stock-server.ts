/**
 * The sandbox's own server on the in-page network: the same endpoints, from the same files, for a run whose reader wrote none. What
 * it says and how it closes is the live server's. The link conditions in an address are checked here; the client's side tells the
 * switch of them. What it cannot do: compression, which no client of a run offers; taps and sessions, since the switch records and
 * the run is the session.
 */
import type { Holder } from '../../sandbox-server/endpoints/shares.ts';
import type { IncomingMessage } from '../node/http/incoming-message.ts';
import { Server } from '../node/http/server.ts';
import type { NetSocket } from '../node/net/net-socket.ts';
import type { NodeParts } from '../node/node-parts.ts';
import { StockConnection } from './connection/stock-connection.ts';
import { createEndpoints } from './endpoints.ts';
import { serveRequest } from './http/serve-request.ts';
import { hasAll, limits } from './limits.ts';
import { answerTo, checkOpeningHandshake } from './opening-handshake.ts';
import { Rates } from './rates.ts';
import { RawConnections } from './raw-connections.ts';
import { Refusal, refuseUpgrade } from './refusal.ts';
import { type Route, Routes } from './routes.ts';
import { timersOn } from './timers.ts';

export interface StockServerOptions {
  port: number;
  /**
   * The most ms that the run's link takes for a way there and back; patience with a silent client comes on top of it. By default 40
   * s, the live server's own bound.
   */
  linkTime?: number;
  /**
   * Silence after which a client is pinged, ms; by default 20 s, as on the live server. With Infinity none is pinged, and a run in
   * which nothing else can happen comes to rest with its connections open.
   */
  pingAfter?: number;
  /** Takes what an endpoint throws, which ends one connection. By default it is thrown on, where the program's errors go. */
  onFault?: (error: unknown) => void;
}

/** A server that listens. */
export interface StockServer {
  /** Returns the addresses, one per line. */
  addresses: () => string;
  /** Takes no more connections. */
  close: () => void;
}

const throwOn = (error: unknown): void =>
  queueMicrotask(() => {
    throw error;
  });

const isHttpAddress = new Refusal(400, 'This is not a WebSocket address: ask it with http:// or https://.');
const tooManyRequests = new Refusal(
  429,
  `At most ${limits.requestsPerSecond} requests a second, or ${limits.requestBurst} at once, are accepted here.`,
  { 'Retry-After': '1' },
);
const isFull = new Refusal(503, hasAll(limits.maxSessionConnections, 'connections'));

/** The whole run counts as one reader. */
const holder: Holder = { address: 'run', session: undefined };

/** Starts the stock server as a program of the run. A port in use is an error of that program, as in Node. */
export function startStockServer(
  parts: NodeParts,
  { port, linkTime = 40_000, pingAfter = limits.pingAfter * 1000, onFault = throwOn }: StockServerOptions,
): StockServer {
  const timers = timersOn(parts.clock, parts.epoch);
  const rates = new Rates(timers.now());
  const raw = new RawConnections(parts, port);
  const routes = new Routes({ ...createEndpoints(parts, timers, raw.open), beside: raw.beside });
  let open = 0;
  let opened = 0;

  /** Counts a connection or an exchange until the returned function is called. */
  const began = (): (() => void) => {
    open++;
    return () => void open--;
  };

  /** Returns the refusal of one more connection or exchange. */
  const refusalIfFull = (): Refusal | undefined => (open >= limits.maxSessionConnections ? isFull : undefined);
  const countRequest = (): Refusal | undefined => (rates.countRequest(timers.now()) ? refusalIfFull() : tooManyRequests);

  const connect = (request: IncomingMessage, socket: NetSocket, head: Uint8Array): void => {
    const { serve, behaviour } = webSocketRoute(routes.find(request.url));
    const tooMany = refusalIfFull();
    if (tooMany) throw tooMany;
    checkOpeningHandshake(request);
    socket.write(answerTo(request));
    const connection = new StockConnection({
      id: `${++opened}`,
      socket,
      handshakeKey: String(request.headers['sec-websocket-key']),
      holder,
      behaviour,
      rate: rates.ofConnection(timers.now()),
      timers,
      linkTime,
      pingAfter,
      onFault,
    });
    connection.onClose(began());
    connection.guarded(serve)(connection);
    connection.start(head);
  };

  const server = new Server(parts, (request, response) =>
    serveRequest(request, response, { routes, holder, count: countRequest, began, onFault }),
  );
  server.on('upgrade', (request: IncomingMessage, socket: NetSocket, head: Uint8Array) => {
    socket.on('error', () => undefined);
    try {
      connect(request, socket, head);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuseUpgrade(socket, error);
    }
  });
  server.listen(port);
  return { addresses: () => routes.list(), close: () => void server.close() };
}

function webSocketRoute(route: Route): Extract<Route, { kind: 'webSocket' }> {
  if (route.kind === 'webSocket') return route;
  throw isHttpAddress;
}
