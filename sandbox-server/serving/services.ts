/** Makes the services that all requests and upgrades of one sandbox share. */
import { type AllEndpoints, createEndpoints } from '../adapters/all-endpoints.ts';
import { RawConnections } from '../adapters/raw-connections.ts';
import { Descriptors } from '../descriptors.ts';
import { createRaw } from '../endpoints/raw.ts';
import { type Failed, FaultBoundary } from '../fault-boundary.ts';
import { createFaultLog } from '../fault-log.ts';
import { HttpExchanges } from '../http/http-exchanges.ts';
import { ClientAddresses } from '../limits/client-addresses.ts';
import type { FairShares } from '../limits/fair-shares.ts';
import { Refusals } from '../limits/refusals.ts';
import { RequestScheduler } from '../limits/request-scheduler.ts';
import { createShares, type Resource } from '../limits/resources.ts';
import { Counters } from '../monitoring/sandbox-metrics.ts';
import { orNone, type Options } from '../options.ts';
import { PageAccess } from '../origin/page-access.ts';
import { Routes } from '../routing/routes.ts';
import { SessionConnections } from '../sessions/session-connections.ts';
import { Sessions } from '../sessions/sessions.ts';
import { HandshakeBytes } from '../tap/handshake-bytes.ts';
import { type CountedTimers, createTimers } from '../timers.ts';
import { OpenConnections } from '../websocket/open-connections.ts';
import { SharedAudience } from '../websocket/write-batching/shared-audience.ts';
import { Tick } from '../websocket/write-batching/tick.ts';

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

/** The services of one sandbox. */
export interface Services {
  options: Options;
  timers: CountedTimers;
  faults: FaultBoundary;
  counters: Counters;
  /** Client addresses, each with its quota. */
  addresses: ClientAddresses;
  /** Which pages and host names are let in. */
  access: PageAccess;
  sessions: Sessions;
  endpoints: AllEndpoints;
  routes: Routes;
  scheduler: RequestScheduler;
  /** Refusals that wait to be answered. */
  refusals: Refusals;
  connections: OpenConnections;
  sessionConnections: SessionConnections;
  exchanges: HttpExchanges;
  /** The bytes of requests, for the tap. */
  handshakes: HandshakeBytes;
  /** Connections that the sandbox opens to itself for `/raw`. */
  rawConnections: RawConnections;
}

/** Creates the services and hands each the others that it needs. */
export function createServices(options: Options, surroundings: Surroundings): Services {
  const { failed = createFaultLog(), descriptors = new Descriptors(), epoch } = surroundings;
  const counters = new Counters();
  const faults = new FaultBoundary((error) => {
    counters.faults++;
    failed(error);
  });
  const timers = faults.around(surroundings.timers ?? createTimers());
  const tick = new Tick(timers);
  const handshakes = new HandshakeBytes(faults);

  const addresses = new ClientAddresses(options, () => timers.now());
  const shares = (resource: Resource): FairShares =>
    createShares(resource, {
      options,
      appeared: (address) => addresses.hold(address),
      gaveWay: ({ limit }) => counters.gaveWay(limit),
    });
  const sessions = new Sessions(options, timers, shares('sessions'));
  const connections = new OpenConnections({
    options,
    timers,
    tick,
    addresses,
    places: shares('connections'),
    closed: (code, limit) => counters.closed(code, limit),
    faults,
  });
  const exchanges = new HttpExchanges({
    options,
    sessions,
    addresses,
    observed: handshakes,
    timers,
    refused: (status, limit) => counters.refused(status, limit),
    faults,
  });

  const endpoints = createEndpoints({
    options,
    timers,
    createAudience: () => new SharedAudience(tick, (error) => faults.tell(error)),
    createShares: shares,
    loopback: { descriptors, faults },
    epoch,
  });
  const rawConnections = new RawConnections((stream, address) => addresses.adopt(stream, address), faults);
  const raw = createRaw(
    (target, holder, listener) => rawConnections.open(target, holder, listener),
    orNone(options.maxQueueBytes),
  );

  return {
    options,
    timers,
    faults,
    counters,
    addresses,
    access: new PageAccess(options),
    sessions,
    endpoints,
    routes: new Routes([...endpoints.webSocket, raw], endpoints.http, sessions, () => timers.now()),
    scheduler: new RequestScheduler(timers, faults),
    refusals: new Refusals(options, addresses, timers, shares('heldRefusals')),
    connections,
    sessionConnections: new SessionConnections(options, sessions, connections, timers),
    exchanges,
    handshakes,
    rawConnections,
  };
}
