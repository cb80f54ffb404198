/** Leads from an address to what serves it, as the live server's routes do, and lists the addresses. */
import { isPlain, matchPath } from '../../sandbox-server/endpoints/address-pattern.ts';
import type { Endpoint, SecondConnection, Serve } from '../../sandbox-server/endpoints/endpoint.ts';
import type { HttpEndpoint, ServeExchange } from '../../sandbox-server/endpoints/http-endpoint.ts';
import { conditionsFromQuery } from '../../sandbox-server/endpoints/link-parameters.ts';
import { ParameterError } from '../../sandbox-server/endpoints/parameters.ts';
import { type Behaviour, behaviourFrom, behaviours, plainBehaviour } from './behaviour.ts';
import { Refusal } from './refusal.ts';

export type Route =
  | { kind: 'webSocket'; serve: Serve; behaviour: Behaviour }
  | { kind: 'http'; method: HttpEndpoint['method']; serve: ServeExchange };

export interface RoutesParts {
  webSocket: readonly Endpoint[];
  http: readonly HttpEndpoint[];
  /** Begins the connection that an address leads on to. */
  beside: (address: string) => SecondConnection;
}

export class Routes {
  readonly #parts: RoutesParts;

  constructor(parts: RoutesParts) {
    this.#parts = parts;
  }

  /** Returns the route of a request's target. Throws a Refusal for an unknown address and for a wrong parameter. */
  find(target: string): Route {
    const url = isPlain(target) ? URL.parse(target, 'http://sandbox') : null;
    const route = url && checked(() => this.#find(url.pathname.slice(1).split('/'), url.searchParams));
    if (!route) throw new Refusal(404, `There is no such address here.\n\n${this.list()}`);
    return route;
  }

  /** Returns the addresses, one per line, for programs that went astray. */
  list(): string {
    const rows = [
      ...this.#parts.webSocket.map(({ usage, summary }) => ['WS', usage, summary] as const),
      ...this.#parts.http.map(({ method, usage, summary }) => [method, usage, summary] as const),
    ];
    const width = Math.max(...rows.map(([, path]) => path.length));
    const lines = rows.map(([method, path, summary]) => `  ${method.padEnd(4)}  ${path.padEnd(width)}  ${summary}`);
    return `The addresses of this sandbox:\n${lines.join('\n')}
On any WebSocket address too: ${behaviours.map(({ name, summary }) => `?${name}=: ${summary}`).join('; ')}.`;
  }

  /** The link conditions are the switch's affair, which the client tells of them; they are read here to refuse a wrong one. */
  #find(path: readonly string[], query: URLSearchParams): Route | undefined {
    for (const endpoint of this.#parts.webSocket) {
      const parameters = matchPath(endpoint.path, path);
      if (!parameters) continue;
      conditionsFromQuery(query);
      const behaviour = behaviourFrom(query, endpoint.compresses ?? false);
      const serve = endpoint.accept(parameters, query, this.#parts.beside);
      // What the query asks for is asked of the second connection.
      return { kind: 'webSocket', serve, behaviour: endpoint.leadsOn ? plainBehaviour : behaviour };
    }
    for (const { method, path: pattern, accept } of this.#parts.http) {
      const parameters = matchPath(pattern, path);
      if (!parameters) continue;
      conditionsFromQuery(query);
      return { kind: 'http', method, serve: accept(parameters, query) };
    }
    return undefined;
  }
}

/** Runs what reads parameters, and makes a wrong one a refusal. */
function checked<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof ParameterError) throw new Refusal(400, `Wrong parameter: ${error.message}`);
    throw error;
  }
}
