/** The sandbox: its endpoints, sessions and taps, to mount in any HTTP server. `serving/` has its parts. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FaultBoundary } from './fault-boundary.ts';
import { describeSandbox, type SandboxDescription } from './monitoring/description.ts';
import { type Options, resolveOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import type { Routes } from './routing/routes.ts';
import { refuse } from './serving/refusing.ts';
import { Requests } from './serving/requests.ts';
import { createServices, type Surroundings } from './serving/services.ts';
import { Shutdown } from './serving/shutdown.ts';
import { Upgrades } from './serving/upgrades.ts';

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

/** Creates a sandbox with these options. Throws an OptionError for an invalid one. */
export function createSandbox(given: Partial<Options> = {}, surroundings: Surroundings = {}): Sandbox {
  const services = createServices(resolveOptions(given), surroundings);
  const { options, timers, faults, access, sessions, endpoints, routes, connections, handshakes, rawConnections } = services;
  const shutdown = new Shutdown(services);
  const requests = new Requests(services, shutdown);
  const upgrades = new Upgrades(services, shutdown);

  const sandbox: Sandbox = {
    faults,
    connection: (socket) => handshakes.observe(socket),
    inTurn: (request, serve) => requests.inTurn(request, serve),
    request: (request, response) => requests.answer(request, response),
    upgrade: (request, socket, head) => upgrades.take(request, socket, head, (pages) => void access.admit(request, pages)),
    attach(server) {
      // Nothing stands around the listeners of this server, which is not ours.
      server.on('connection', (socket) => faults.run(() => sandbox.connection(socket)));
      server.on('upgrade', (request, socket, head) => {
        faults.upgrading(socket, () => void sandbox.upgrade(request, socket, head));
      });
    },
    refuse: (request, answer) => refuse(services, request, access.refusalOfHost(request) ?? absent(routes), answer),
    isForThisHost: (request) => access.refusalOfHost(request) === undefined,
    addresses: () => routes.list(),
    describe: () => describeSandbox(routes.addresses(), options),
    stats: () => ({
      connections: connections.size,
      sessions: sessions.size,
      rooms: endpoints.held().rooms,
      timers: timers.waiting,
    }),
    close: () => shutdown.begin(),
  };
  rawConnections.takenBy({
    connection: sandbox.connection,
    // Admit everything: within the process there is no page or host to check, and whoever opened the line was let in.
    upgrade: (request, socket, head) => {
      faults.upgrading(socket, () => void upgrades.take(request, socket, head, () => undefined));
    },
  });
  return sandbox;
}

const absent = (routes: Routes): Refusal => new Refusal(404, `There is no such address here.\n\n${routes.list()}`);
