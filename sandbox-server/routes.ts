/** Leads from an address to what serves it. Reads and checks everything in the address, but opens nothing. */
import { idealLink, type LinkConditions } from '../protocol/wire/link-conditions.ts';
import type { Endpoint } from './endpoints/endpoint.ts';
import { type HttpEndpoint, isName } from './endpoints/http-endpoint.ts';
import { ParameterError } from './endpoints/parameters.ts';
import type { AddressedExchange } from './http/http-exchanges.ts';
import { conditionsFromQuery } from './link-conditions.ts';
import type { AddressDescription } from './monitoring/description.ts';
import { Refusal } from './refusal.ts';
import { secondConnection } from './sessions/second-connection.ts';
import type { Pages } from './origin/page-access.ts';
import { behaviourFrom, behaviours, plainBehaviour } from './websocket/behaviour.ts';
import type { Addressed } from './sessions/session-connections.ts';
import type { Session, Sessions } from './sessions/sessions.ts';

/** A plain HTTP address. */
export interface HttpAddress {
  method: 'GET' | 'POST';
  path: string;
  summary: string;
}

export const httpAddresses = [
  {
    method: 'POST',
    path: '/sessions',
    summary: 'starts a session: its traffic is recorded for its tap; link conditions in the query',
  },
  { method: 'GET', path: '/sandbox', summary: 'this list and the limits in force: JSON, or a page for a browser' },
  { method: 'GET', path: '/metrics', summary: 'figures for Prometheus' },
  { method: 'GET', path: '/healthz', summary: 'answers 200 while the process runs' },
  { method: 'GET', path: '/readyz', summary: 'answers 200 while the server takes connections, 503 while it closes down' },
] as const satisfies readonly HttpAddress[];

/** A plain HTTP address that `sandbox.ts` has an answer for. */
export type KnownHttpAddress = (typeof httpAddresses)[number];

const sessionAddresses = [
  ['WS', '/s/:session/<address>', 'any of the addresses above, with http too, within a session'],
  ['WS', '/s/:session.:connection/<address>', 'the same, with a name for the connection: 1 to 16 letters and digits'],
  ['GET', '/s/:session.:connection.:request/<address>', 'the same by HTTP, with a number for the request, from 0'],
  ['WS', '/s/:session/tap', 'tells what happens in the session'],
] as const;

/** An address in a session that we do not serve: the session's tap tells of the refusal. */
export interface RefusedInSession {
  refusal: Refusal;
  session: Session;
  label: string | undefined;
  /** The number of the request among the client's, if its address has one. */
  request: number | undefined;
  own: Partial<LinkConditions>;
}

/** The destination of an address. */
export type Route =
  | ({ kind: 'refused' } & RefusedInSession)
  | { kind: 'http'; address: KnownHttpAddress; query: URLSearchParams }
  | { kind: 'tap'; session: Session }
  | ({ kind: 'endpoint'; request: number | undefined } & Addressed)
  | ({ kind: 'exchange' } & AddressedExchange);

/** Hears which pages an address is for, before the rest of it is read. Throws a Refusal if the asking page is not among them. */
export type Admit = (pages: Pages) => void;

/** Finds routes among the endpoints and in sessions. */
export class Routes {
  readonly #endpoints: readonly Endpoint[];
  readonly #httpEndpoints: readonly HttpEndpoint[];
  readonly #sessions: Sessions;
  readonly #now: () => number;
  #list: string | undefined;

  constructor(endpoints: readonly Endpoint[], httpEndpoints: readonly HttpEndpoint[], sessions: Sessions, now: () => number) {
    this.#endpoints = endpoints;
    this.#httpEndpoints = httpEndpoints;
    this.#sessions = sessions;
    this.#now = now;
  }

  /** Returns the route of a request's target; undefined if it is not the sandbox's. Throws a Refusal that concerns no session. */
  find(target: string, admit: Admit): Route | undefined {
    const url = isPlain(target) ? URL.parse(target, 'http://sandbox') : null;
    if (!url) return undefined;
    const [first, second = '', ...rest] = url.pathname.slice(1).split('/');
    const query = url.searchParams;
    if (first === 's') {
      admit('own or ticket');
      return this.#inSession(second, rest, query);
    }
    const address = httpAddresses.find(({ path }) => path === url.pathname);
    if (address) {
      admit('own');
      return { kind: 'http', address, query };
    }
    const none = { session: undefined, label: undefined, request: undefined };
    return this.#endpoint(url.pathname.slice(1).split('/'), query, none, admit);
  }

  /** Returns true if the target is an address in an existing session. */
  isInSession(target = ''): boolean {
    // Skip the parsing for most targets: they do not look like one.
    if (!target.includes('/s/') || !isPlain(target)) return false;
    const [first, name = ''] = (URL.parse(target, 'http://sandbox')?.pathname ?? '').slice(1).split('/');
    return first === 's' && this.#sessions.get(name.split('.', 1)[0] ?? '') !== undefined;
  }

  /** Returns every address with a sentence about it. */
  addresses(): AddressDescription[] {
    return [
      ...this.#endpoints.map((endpoint) => described('WS', endpoint)),
      ...this.#httpEndpoints.map((endpoint) => described(endpoint.method, endpoint)),
      ...sessionAddresses.map(([method, path, summary]) => ({ method, path, summary, pages: 'own or ticket' as const })),
      ...httpAddresses.map((address) => ({ ...address, pages: 'own' as const })),
    ];
  }

  /** Returns the same list, one address per line, for people and programs that went astray. */
  list(): string {
    return (this.#list ??= this.#written());
  }

  #written(): string {
    const rows = this.addresses();
    const width = Math.max(...rows.map(({ path }) => path.length));
    const lines = rows.map(({ method, path, summary }) => `  ${method.padEnd(4)}  ${path.padEnd(width)}  ${summary}`);
    const link =
      'Link conditions on any WebSocket address or channel: ?latency=250&jitter=50&bandwidth=64000&duplex=simplex|half|full&loss=5&cut=3000&silent=3000&seed=7';
    return `The addresses of this sandbox:\n${lines.join('\n')}\n${link} (ms, ms, bit/s, one way; percent; ms after the opening).
A channel or room whose name begins with ~, within a session, is that session's own.
On any WebSocket address too: ${behaviours.map(({ name, summary }) => `?${name}=: ${summary}`).join('; ')}.`;
  }

  #inSession(name: string, segments: string[], query: URLSearchParams): Route {
    const [id = ''] = name.split('.');
    const session = this.#sessions.get(id);
    if (!session) throw noSession;
    const named = readName(name);
    if (!named) {
      const takes = '1 to 16 letters and digits, by HTTP with "." and the number of the request after it';
      const refusal = refused(new ParameterError('connection', name.slice(id.length + 1), takes));
      return { kind: 'refused', refusal, session, label: undefined, request: undefined, own: {} };
    }
    const { label, request } = named;
    if (segments.length === 1 && segments[0] === 'tap' && label === undefined) return { kind: 'tap', session };
    try {
      const route = this.#endpoint(segments, query, { session, label, request });
      if (!route) throw new Refusal(404, `There is no such address in a session.\n\n${this.list()}`);
      return route;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { kind: 'refused', refusal: error, session, label, request, own: conditionsWhereRight(query) };
    }
  }

  #endpoint(
    path: string[],
    query: URLSearchParams,
    of: Pick<AddressedExchange, 'session' | 'label' | 'request'>,
    admit: Admit = () => undefined,
  ): Route | undefined {
    for (const endpoint of this.#endpoints) {
      const parameters = match(endpoint.path, path, of.session);
      if (!parameters) continue;
      admit(pagesOf(endpoint));
      const own = readConditions(query);
      const behaviour = checked(() => behaviourFrom(query, endpoint.compresses ?? false));
      const serve = checked(() => endpoint.accept(parameters, query, () => secondConnection(of.session, of.label, this.#now)));
      if (endpoint.leadsOn) return { kind: 'endpoint', serve, own: idealLink, behaviour: plainBehaviour, ...of };
      return { kind: 'endpoint', serve, own, behaviour, capturedBytes: endpoint.capturedBytes, ...of };
    }
    for (const endpoint of this.#httpEndpoints) {
      const { method, accept } = endpoint;
      const parameters = match(endpoint.path, path, of.session);
      if (!parameters) continue;
      admit(pagesOf(endpoint));
      const own = readConditions(query);
      return { kind: 'exchange', method, serve: checked(() => accept(parameters, query)), own, ...of };
    }
    return undefined;
  }
}

/** Returns the path of a target, which may be in absolute form (RFC 9112 §3.2.2). */
const pathOf = (target: string): string => target.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] ?? '';

/**
 * Returns false for a path that may mean something else to a proxy in front of us, which may let some paths pass without a login:
 * one with a backslash, empty first segments, or segments that lead elsewhere (WHATWG URL §4.4).
 */
function isPlain(target: string): boolean {
  const path = pathOf(target);
  return !path.startsWith('//') && !/[\\\t\r\n]/.test(path) && !/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path);
}

const described = (method: AddressDescription['method'], endpoint: Endpoint | HttpEndpoint): AddressDescription => ({
  method,
  path: endpoint.usage,
  summary: endpoint.summary,
  pages: pagesOf(endpoint),
});

const pagesOf = ({ isForAnyPage }: Pick<Endpoint, 'isForAnyPage'>): 'any' | 'own' => (isForAnyPage ? 'any' : 'own');

/** Returns the link conditions that a query sets. Throws a Refusal for a wrong one. */
export const readConditions = (query: URLSearchParams): Partial<LinkConditions> => checked(() => conditionsFromQuery(query));

/** Returns the link conditions for an address that is refused anyway; none if they are wrong themselves. */
function conditionsWhereRight(query: URLSearchParams): Partial<LinkConditions> {
  try {
    return readConditions(query);
  } catch {
    return {};
  }
}

/** Returns what `read` returns, and turns a ParameterError into a Refusal. */
function checked<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof ParameterError ? refused(error) : error;
  }
}

const noSession = new Refusal(404, 'There is no such session: it has ended or never was. POST /sessions starts one.');

const refused = (error: ParameterError): Refusal => new Refusal(400, `Wrong parameter: ${error.message}`);

/** Splits `:session`, `:session.:connection` and `:session.:connection.:request`; returns undefined for anything else. */
function readName(name: string): { id: string; label: string | undefined; request: number | undefined } | undefined {
  const [, id = '', label, request] = /^([^.]*)(?:\.([A-Za-z0-9]{1,16})(?:\.(\d{1,9}))?)?$/.exec(name) ?? [];
  return id === '' ? undefined : { id, label, request: request === undefined ? undefined : Number(request) };
}

/**
 * Returns the parameters of a path that fits the pattern, otherwise undefined. A name that begins with `~` is the session's own:
 * nobody else is in that room, and its first message is 1.
 */
function match(pattern: string, path: string[], session: Session | undefined): Record<string, string> | undefined {
  const parts = pattern.slice(1).split('/');
  if (parts.length !== path.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const segment = path[i] as string;
    if (part.startsWith(':')) {
      const name = decoded(segment);
      // Keep a wrong name as it is: the refusal shows it as the reader wrote it.
      parameters[part.slice(1)] = session && name.startsWith('~') && isName(name) ? `${name}.${session.id}` : name;
    } else if (part !== segment) return undefined;
  }
  return parameters;
}

/** Undoes the segment's percent-encoding; returns a broken one as it is, for the parameter check to refuse. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
