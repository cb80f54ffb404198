/** Leads from an address to what serves it. Reads and checks everything in the address, but opens nothing. */
import { idealLink, type LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import type { HttpEndpoint } from '../endpoints/http-endpoint.ts';
import { conditionsFromQuery } from '../endpoints/link-parameters.ts';
import { ParameterError } from '../endpoints/parameters.ts';
import type { AddressedExchange } from '../http/http-exchanges.ts';
import type { AddressDescription } from '../monitoring/description.ts';
import type { Pages } from '../origin/page-access.ts';
import { Refusal } from '../refusal.ts';
import { secondConnection } from '../sessions/second-connection.ts';
import type { Addressed } from '../sessions/session-connections.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import { behaviourFrom, plainBehaviour } from '../websocket/behaviour.ts';
import { describeAddresses, httpAddresses, type KnownHttpAddress, pagesOf, writeAddresses } from './address-list.ts';
import { isPlain } from '../endpoints/address-pattern.ts';
import { match, readName } from './address-path.ts';

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
    return describeAddresses(this.#endpoints, this.#httpEndpoints);
  }

  /** Returns the same list, one address per line, for people and programs that went astray. */
  list(): string {
    return (this.#list ??= writeAddresses(this.addresses()));
  }

  #inSession(name: string, segments: string[], query: URLSearchParams): Route {
    const [id = ''] = name.split('.');
    const session = this.#sessions.get(id);
    if (!session) throw noSession;
    const named = readName(name);
    if (!named) {
      const takes = '1 to 16 letters and digits, over HTTP followed by "." and the number of the request';
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

const noSession = new Refusal(404, 'There is no such session: it has ended or never existed. POST /sessions starts one.');

const refused = (error: ParameterError): Refusal => new Refusal(400, `Wrong parameter: ${error.message}`);
