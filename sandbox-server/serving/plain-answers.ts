/** Answers the plain HTTP addresses: those that belong to no endpoint and to no session. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionAnswer } from '../../protocol/messages/tap-messages.ts';
import { openHeaders } from '../endpoints/http-answers.ts';
import { sendJson, sendPageOrJson, sendText } from '../http/responses.ts';
import { describePage, describeSandbox } from '../monitoring/description.ts';
import { metricsText, metricsType } from '../monitoring/prometheus.ts';
import { sandboxMetrics } from '../monitoring/sandbox-metrics.ts';
import { Refusal } from '../refusal.ts';
import type { KnownHttpAddress } from '../routing/address-list.ts';
import { readConditions } from '../routing/routes.ts';
import type { Services } from './services.ts';
import type { Shutdown } from './shutdown.ts';

/** Answers a request to one plain address. Throws a Refusal. */
type Answer = (response: ServerResponse, query: URLSearchParams) => void;

/** Answers requests to the plain addresses by their methods. */
export class PlainAnswers {
  readonly #answers: Readonly<Record<KnownHttpAddress['path'], Answer>>;

  constructor(services: Services, shutdown: Shutdown) {
    const { options, addresses, counters, routes, sessions } = services;
    this.#answers = {
      '/sessions'(response, query) {
        const { session, expires } = sessions.start(readConditions(query), addresses.of(response.req), response.req.socket);
        counters.sessions++;
        const answer: SessionAnswer = { session: session.id, tap: `/s/${session.id}/tap`, expires };
        sendJson(response, 201, answer);
      },
      '/sandbox'(response) {
        const description = describeSandbox(routes.addresses(), options);
        sendPageOrJson(response.req, response, description, () => describePage(description));
      },
      '/metrics': (response) => sendText(response, 200, metricsOf(services), { 'Content-Type': metricsType }),
      '/healthz': (response) => sendText(response, 200, 'ok'),
      '/readyz'(response) {
        if (shutdown.hasBegun) throw new Refusal(503, 'The server is shutting down.');
        sendText(response, 200, 'ok');
      },
    };
  }

  /** Answers the request, or a preflight for it. Throws a Refusal, one for a method that the address does not take among them. */
  answer({ path, method }: KnownHttpAddress, query: URLSearchParams, request: IncomingMessage, response: ServerResponse): void {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { ...openHeaders, 'Access-Control-Allow-Methods': method }).end();
    } else if (request.method !== method && !(method === 'GET' && request.method === 'HEAD')) {
      throw new Refusal(405, `${path} takes ${method}.`, { Allow: method });
    } else this.#answers[path](response, query);
  }
}

function metricsOf({ counters, endpoints, connections, exchanges, sessions, addresses, refusals, timers }: Services): string {
  return metricsText(
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
}
