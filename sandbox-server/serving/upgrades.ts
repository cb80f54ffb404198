import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { endOnError } from '../fault-boundary.ts';
import { settleHost } from '../http/request-head.ts';
import { refuseUpgrade } from '../http/responses.ts';
import { Refusal } from '../refusal.ts';
import type { Admit, Route } from '../routing/routes.ts';
import type { Addressed } from '../sessions/session-connections.ts';
import type { Upgrade } from '../websocket/opening.ts';
import { refuse, refusing } from './refusing.ts';
import type { Services } from './services.ts';
import type { Shutdown } from './shutdown.ts';

/** Serves upgrades: host, address, pages, then a tap or a connection. */
export class Upgrades {
  readonly #services: Services;
  readonly #shutdown: Shutdown;

  constructor(services: Services, shutdown: Shutdown) {
    this.#services = services;
    this.#shutdown = shutdown;
  }

  /** Takes or refuses the upgrade and returns true if its address is the sandbox's. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer, admit: Admit): boolean {
    const { handshakes, routes } = this.#services;
    // Node no longer listens to the socket, and nobody else does while it waits.
    socket.on('error', endOnError);
    const requestBytes = handshakes.take(request, socket, head);
    return refusing(
      () => {
        settleHost(request);
        const route = routes.find(request.url ?? '', admit);
        if (!route) return false;
        this.#open(route, { request, socket, head, requestBytes });
        return true;
      },
      (refusal) => refuse(this.#services, request, refusal, (due) => refuseUpgrade(socket, due)),
    );
  }

  #open(route: Route, upgrade: Upgrade): void {
    const { counters, faults, sessionConnections } = this.#services;
    // A server that the sandbox is mounted in has not enclosed its sockets; this one is ours from now on.
    faults.enclose(upgrade.socket);
    this.#shutdown.refuseNew();
    if (route.kind === 'tap') {
      sessionConnections.openTap(route.session, upgrade);
      counters.taps++;
      return;
    }
    const refusal = sessionConnections.openConnection(connectionOf(route), upgrade);
    if (refusal) counters.refused(refusal.status, refusal.limit);
    else counters.upgrades++;
  }
}

const isHttpAddress = new Refusal(400, 'This is not a WebSocket address: ask it with http:// or https://.');

/** Returns the connection for an upgrade to this route, including a refusal in a session. Throws a Refusal for one outside. */
function connectionOf(route: Exclude<Route, { kind: 'tap' }>): Addressed {
  if (route.kind === 'endpoint') return route;
  if (route.kind === 'refused') return { ...route, serve: route.refusal };
  if (route.kind === 'exchange' && route.session) return { ...route, serve: isHttpAddress };
  throw isHttpAddress;
}
