/** The sandbox: its endpoints, sessions and taps, to mount in any HTTP server. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SessionAnswer } from '../protocol/messages/tap-messages.ts';
import { createEndpoints } from './adapters/all-endpoints.ts';
import { openHeaders, refuseUpgrade, sendJson, sendPageOrJson, sendRefusal, sendText } from './http/responses.ts';
import { describePage, describeSandbox, type SandboxDescription } from './monitoring/description.ts';
import { Descriptors } from './descriptors.ts';
import { both, drain } from './drain.ts';
import { createRaw } from './endpoints/raw.ts';
import { answerUpgradeFault, endOnError, type Failed, FaultBoundary } from './fault-boundary.ts';
import { createFaultLog } from './fault-log.ts';
import { type AddressedExchange, HttpExchanges } from './http/http-exchanges.ts';
import { ClientAddresses } from './limits/client-addresses.ts';
import { RequestScheduler } from './limits/request-scheduler.ts';
import { Refusals } from './limits/refusals.ts';
import { createShares, type Resource } from './limits/resources.ts';
import { metricsText, metricsType } from './monitoring/prometheus.ts';
import { OpenConnections, type Upgrade } from './websocket/open-connections.ts';
import { orNone, type Options, resolveOptions } from './options.ts';
import { RawConnections } from './adapters/raw-connections.ts';
import { Refusal } from './refusal.ts';
import { PageAccess } from './origin/page-access.ts';
import { checkHasHost, settleHost } from './http/request-head.ts';
import type { KnownHttpAddress } from './routing/address-list.ts';
import { type Admit, readConditions, type Route, Routes } from './routing/routes.ts';
import { Counters, type Refused, sandboxMetrics } from './monitoring/sandbox-metrics.ts';
import { SharedAudience } from './websocket/write-batching/shared-audience.ts';
import { Tick } from './websocket/write-batching/tick.ts';
import { type Addressed, SessionConnections } from './sessions/session-connections.ts';
import { Sessions } from './sessions/sessions.ts';
import { HandshakeBytes } from './tap/handshake-bytes.ts';
import { type CountedTimers, createTimers } from './timers.ts';

/** What the sandbox holds at one moment. */
export interface SandboxStats {
  /** WebSocket connections, taps and unfinished handshakes included. */
  connections: number;
  sessions: number;
  rooms: number;
  /** Waiting timers. */
  timers: number;
}

/** A sandbox to mount: give it an HTTP server's connections, requests and upgrades. */
export interface Sandbox {
  /** Call it on the HTTP server's `connection` event. Without it the tap knows a handshake request's time, but not its bytes. */
  connection(socket: Duplex): void;
  /**
   * Serves a request now, or in a later turn of the event loop if this one has had much to do; drops it if its client is gone by
   * then. A request in a session is served now, while its bytes are at hand for the tap.
   */
  inTurn(request: IncomingMessage, serve: () => void): void;
  /** Answers the request and returns true if its address is the sandbox's. Throws any fault it meets. */
  request(request: IncomingMessage, response: ServerResponse): boolean;
  /** Takes or refuses the upgrade and returns true if its address is the sandbox's. Throws any fault it meets. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Listens to the connections and upgrades of an HTTP server that has other addresses too. Leaves requests to the caller. */
  attach(server: Pick<Server, 'on'>): void;
  /** Returns false for a request to another host; other services on this server ought to leave it to `refuse`. */
  isForThisHost(request: IncomingMessage): boolean;
  /**
   * Refuses a request that is for another host or for no known address, the sandbox's or another's. Calls `answer` with the
   * refusal at once, or later if the client has had many; never if the client is gone by then.
   */
  refuse(request: IncomingMessage, answer: (refusal: Refusal) => void): void;
  /** Returns the list of addresses. */
  addresses(): string;
  /** Other parts of the same server may use it: it reports and counts their faults with the sandbox's own. */
  readonly faults: FaultBoundary;
  /** Returns what `/sandbox` tells programs. */
  describe(): SandboxDescription;
  stats(): SandboxStats;
  /** Takes no more connections, closes the open ones with 1012, and resolves when all are gone. */
  close(): Promise<void>;
}

/** Optional parts that the caller may hand in. */
export interface Surroundings {
  timers?: CountedTimers;
  /** Hears of a fault of ours that the process survived; without it, the fault is logged. */
  failed?: Failed;
  /** The stock that files and sockets are taken from. */
  descriptors?: Descriptors;
  /** The id after which message ids begin; if absent, it follows from the start time, so that no id comes twice. */
  epoch?: number;
}

/** Creates a sandbox with these options. Throws an OptionError for an invalid one. */
export function createSandbox(given: Partial<Options> = {}, surroundings: Surroundings = {}): Sandbox {
  const options = resolveOptions(given);
  const { failed = createFaultLog(), descriptors = new Descriptors(), epoch } = surroundings;
  const counters = new Counters();
  const faults = new FaultBoundary((error) => {
    counters.faults++;
    failed(error);
  });
  const timers = faults.around(surroundings.timers ?? createTimers());
  const addresses = new ClientAddresses(options, () => timers.now());
  const shares = (resource: Resource) =>
    createShares(resource, {
      options,
      appeared: (address) => addresses.hold(address),
      gaveWay: ({ limit }) => counters.gaveWay(limit),
    });
  const sessions = new Sessions(options, timers, shares('sessions'));
  const fairTurns = new RequestScheduler(timers, faults);
  const refusals = new Refusals(options, addresses, timers, shares('heldRefusals'));
  const refused: Refused = (status, limit) => counters.refused(status, limit);
  const turn = new Tick(timers);
  const endpoints = createEndpoints({
    options,
    timers,
    createAudience: () => new SharedAudience(turn, (error) => faults.tell(error)),
    createShares: shares,
    loopback: { descriptors, faults },
    epoch,
  });
  const rawLines = new RawConnections((stream, address) => addresses.adopt(stream, address), faults);
  const raw = createRaw((target, holder, listener) => rawLines.open(target, holder, listener), orNone(options.maxQueueBytes));
  const routes = new Routes([...endpoints.webSocket, raw], endpoints.http, sessions, () => timers.now());
  const connections = new OpenConnections({
    options,
    timers,
    turn,
    addresses,
    places: shares('connections'),
    closed: (code, limit) => counters.closed(code, limit),
    faults,
  });
  const traffic = new SessionConnections(options, sessions, connections, timers);
  const handshakes = new HandshakeBytes();
  const access = new PageAccess(options);
  const exchanges = new HttpExchanges({ options, sessions, addresses, observed: handshakes, timers, refused, faults });
  let closing: Promise<void> | undefined;

  const metrics = (): string =>
    metricsText(
      sandboxMetrics(counters, {
        ...endpoints.held(),
        connections: connections.size,
        exchanges: exchanges.size,
        exchangesTotal: exchanges.total,
        queuedBytes: connections.queuedBytes + exchanges.queuedBytes,
        sessions: sessions.size,
        addresses: addresses.size,
        heldRefusals: refusals.held,
        timers: timers.waiting,
      }),
    );

  const absent = (): Refusal => new Refusal(404, `There is no such address here.\n\n${routes.list()}`);

  const answers: Record<KnownHttpAddress['path'], (response: ServerResponse, query: URLSearchParams) => void> = {
    '/sessions'(response, query) {
      const { session, expires } = sessions.start(readConditions(query), addresses.of(response.req), response.req.socket);
      counters.sessions++;
      const answer: SessionAnswer = { session: session.id, tap: `/s/${session.id}/tap`, expires };
      sendJson(response, 201, answer);
    },
    '/sandbox'(response) {
      const description = sandbox.describe();
      sendPageOrJson(response.req, response, description, () => describePage(description));
    },
    '/metrics': (response) => sendText(response, 200, metrics(), { 'Content-Type': metricsType }),
    '/healthz': (response) => sendText(response, 200, 'ok'),
    '/readyz'(response) {
      if (closing) throw new Refusal(503, 'The server closes down.');
      sendText(response, 200, 'ok');
    },
  };

  const answer = (route: Route, request: IncomingMessage, response: ServerResponse): void => {
    const exchange = exchangeOf(route);
    if (exchange) {
      if (closing) throw new Refusal(503, 'The server restarts; come back in a few seconds.', { 'Retry-After': '5' });
      exchanges.serve(exchange, request, response);
      return;
    }
    if (route.kind !== 'http') throw isWebSocketAddress;
    const { path, method } = route.address;
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { ...openHeaders, 'Access-Control-Allow-Methods': method }).end();
    } else if (request.method !== method && !(method === 'GET' && request.method === 'HEAD')) {
      throw new Refusal(405, `${path} takes ${method}.`, { Allow: method });
    } else answers[path](response, route.query);
  };

  const open = (route: Route, upgrade: Upgrade): void => {
    if (closing) throw new Refusal(503, 'The server restarts; come back in a few seconds.', { 'Retry-After': '5' });
    if (route.kind === 'tap') {
      traffic.openTap(route.session, upgrade);
      counters.taps++;
      return;
    }
    const refusal = traffic.openConnection(connectionOf(route), upgrade);
    if (refusal) counters.refused(refusal.status, refusal.limit);
    else counters.upgrades++;
  };

  const refuse = (request: IncomingMessage, refusal: Refusal, answer: (refusal: Refusal) => void): void =>
    refusals.answer(request, refusal, (due) => {
      counters.refused(due.status, due.limit);
      faults.run(
        () => answer(due),
        () => request.socket.destroy(),
      );
    });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer, admit: Admit): boolean => {
    // Node no longer listens to the socket, and nobody else does while it waits.
    socket.on('error', endOnError);
    const requestBytes = handshakes.take(request, socket, head);
    return refusing(
      () => {
        settleHost(request);
        const route = routes.find(request.url ?? '', admit);
        if (!route) return false;
        open(route, { request, socket, head, requestBytes });
        return true;
      },
      (refusal) => refuse(request, refusal, (due) => refuseUpgrade(socket, due)),
    );
  };

  const sandbox: Sandbox = {
    faults,
    connection: (socket) => handshakes.observe(socket),
    inTurn(request, serve) {
      if (routes.isInSession(request.url)) serve();
      else {
        fairTurns.run(() => {
          // Skip clients that have hung up: nothing would tell us when the response ends.
          if (!request.socket.destroyed) serve();
        }, addresses.of(request).name);
      }
    },
    request(request, response) {
      const served = refusing(
        () => {
          settleHost(request);
          checkHasHost(request);
          const route = routes.find(request.url ?? '', (pages) => {
            for (const [name, value] of Object.entries(access.admit(request, pages))) response.setHeader(name, value);
          });
          if (route) answer(route, request, response);
          return route !== undefined;
        },
        (refusal) => refuse(request, refusal, (due) => sendRefusal(request, response, due)),
      );
      handshakes.requested(request.socket);
      return served;
    },
    upgrade: (request, socket, head) => upgrade(request, socket, head, (pages) => void access.admit(request, pages)),
    attach(server) {
      server.on('connection', sandbox.connection);
      server.on('upgrade', (request, socket, head) => {
        const take = (): void => void sandbox.upgrade(request, socket, head);
        faults.run(take, (error) => answerUpgradeFault(socket, error));
      });
    },
    refuse: (request, answer) => refuse(request, access.refusalOfHost(request) ?? absent(), answer),
    isForThisHost: (request) => access.refusalOfHost(request) === undefined,
    addresses: () => routes.list(),
    describe: () => describeSandbox(routes.addresses(), options),
    stats: () => ({
      connections: connections.size,
      sessions: sessions.size,
      rooms: endpoints.held().rooms,
      timers: timers.waiting,
    }),
    close() {
      refusals.release();
      closing ??= drain(both(connections, exchanges), orNone(options.drain) * 1000, timers).then(() => sessions.close());
      return closing;
    },
  };
  rawLines.takenBy({
    connection: (socket) => handshakes.observe(socket),
    // Admit everything: within the process there is no page or host to check, and whoever opened the line was let in.
    upgrade: (request, socket, head) => upgrade(request, socket, head, () => undefined),
  });
  return sandbox;
}

const isWebSocketAddress = new Refusal(426, 'This is a WebSocket address: connect with ws:// or wss://.', {
  Upgrade: 'websocket',
});
const isHttpAddress = new Refusal(400, 'This is not a WebSocket address: ask it with http:// or https://.');

/** Returns the exchange for a request to this route, including a refusal in a session; undefined for other addresses. */
function exchangeOf(route: Route): AddressedExchange | undefined {
  if (route.kind === 'exchange') return route;
  if (route.kind === 'refused') return { ...route, method: 'GET, POST', serve: route.refusal };
  if (route.kind === 'endpoint' && route.session) return { ...route, method: 'GET', serve: isWebSocketAddress };
  return undefined;
}

/** Returns the connection for an upgrade to this route, including a refusal in a session. Throws a Refusal for one outside. */
function connectionOf(route: Exclude<Route, { kind: 'tap' }>): Addressed {
  if (route.kind === 'endpoint') return route;
  if (route.kind === 'refused') return { ...route, serve: route.refusal };
  if (route.kind === 'exchange' && route.session) return { ...route, serve: isHttpAddress };
  throw isHttpAddress;
}

/** Runs `serve` and returns what it returns. Answers a Refusal that it throws, and returns true: that serves the request too. */
function refusing(serve: () => boolean, refuse: (refusal: Refusal) => void): boolean {
  try {
    return serve();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refuse(error);
    return true;
  }
}
