import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressedExchange } from '../http/http-exchanges.ts';
import { checkHasHost, settleHost } from '../http/request-head.ts';
import { sendRefusal } from '../http/responses.ts';
import { Refusal } from '../refusal.ts';
import type { Route } from '../routing/routes.ts';
import { PlainAnswers } from './plain-answers.ts';
import { refuse, refusing } from './refusing.ts';
import type { Services } from './services.ts';
import type { Shutdown } from './shutdown.ts';

/** Serves requests that do not upgrade: host, address, pages, then what the address leads to. */
export class Requests {
  readonly #services: Services;
  readonly #shutdown: Shutdown;
  readonly #plain: PlainAnswers;

  constructor(services: Services, shutdown: Shutdown) {
    this.#services = services;
    this.#shutdown = shutdown;
    this.#plain = new PlainAnswers(services, shutdown);
  }

  /** Serves a request in a session now, any other when it is its client's turn. Drops it if its client is gone by then. */
  inTurn(request: IncomingMessage, serve: () => void): void {
    const { addresses, routes, scheduler } = this.#services;
    if (routes.isInSession(request.url)) serve();
    else {
      scheduler.run(() => {
        // Skip clients that have hung up: nothing would tell us when the response ends.
        if (!request.socket.destroyed) serve();
      }, addresses.of(request).name);
    }
  }

  /** Answers or refuses the request and returns true if its address is the sandbox's. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const { access, handshakes, routes } = this.#services;
    const served = refusing(
      () => {
        settleHost(request);
        checkHasHost(request);
        const route = routes.find(request.url ?? '', (pages) => {
          for (const [name, value] of Object.entries(access.admit(request, pages))) response.setHeader(name, value);
        });
        if (route) this.#follow(route, request, response);
        return route !== undefined;
      },
      (refusal) => refuse(this.#services, request, refusal, (due) => sendRefusal(request, response, due)),
    );
    handshakes.requested(request.socket);
    return served;
  }

  #follow(route: Route, request: IncomingMessage, response: ServerResponse): void {
    const exchange = exchangeOf(route);
    if (exchange) {
      this.#shutdown.refuseNew();
      this.#services.exchanges.serve(exchange, request, response);
    } else if (route.kind === 'http') this.#plain.answer(route.address, route.query, request, response);
    else throw isWebSocketAddress;
  }
}

const isWebSocketAddress = new Refusal(426, 'This is a WebSocket address: connect with ws:// or wss://.', {
  Upgrade: 'websocket',
});

/** Returns the exchange for a request to this route, including a refusal in a session; undefined for other addresses. */
function exchangeOf(route: Route): AddressedExchange | undefined {
  if (route.kind === 'exchange') return route;
  if (route.kind === 'refused') return { ...route, method: 'GET, POST', serve: route.refusal };
  if (route.kind === 'endpoint' && route.session) return { ...route, method: 'GET', serve: isWebSocketAddress };
  return undefined;
}
