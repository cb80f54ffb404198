import type { IncomingMessage, ServerResponse } from 'node:http';
import { idealLink, type LinkConditions, nthSeed } from '../../protocol/wire/link-conditions.ts';
import type { Timers } from '../endpoints/endpoint.ts';
import type { ServeExchange } from '../endpoints/http-endpoint.ts';
import type { FaultBoundary } from '../fault-boundary.ts';
import { requestHeadSize } from './head-size.ts';
import type { ClientAddresses } from '../limits/client-addresses.ts';
import { LiveExchange } from './live-exchange.ts';
import { orNone, type Options } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { type BodyRead, readBody } from './request-body.ts';
import type { Refused } from '../monitoring/sandbox-metrics.ts';
import { isFull, refusalIfFull } from '../sessions/full-session.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import { ExchangeRecorder } from '../tap/exchange-recorder.ts';
import type { HandshakeBytes } from '../tap/handshake-bytes.ts';

/** What an address says about an exchange with an HTTP endpoint. */
export interface AddressedExchange {
  /** The methods that the address takes, as an answer to OPTIONS lists them. */
  method: string;
  /** Serves the request, or says why we refuse it. */
  serve: ServeExchange | Refusal;
  /** The link conditions of the request's own query. */
  own: Partial<LinkConditions>;
  session: Session | undefined;
  /** The exchange's name in the trace; the session makes one up if it is absent. */
  label: string | undefined;
  /** The number of the request among the client's, if its address has one. */
  request: number | undefined;
}

/** What exchanges need from the sandbox. */
export interface HttpExchangesParts {
  options: Options;
  sessions: Sessions;
  addresses: ClientAddresses;
  observed: HandshakeBytes;
  timers: Timers;
  refused: Refused;
  faults: FaultBoundary;
}

/** Serves HTTP exchanges within and outside sessions, and keeps track of the open ones. */
export class HttpExchanges {
  readonly #parts: HttpExchangesParts;
  readonly #exchanges = new Set<LiveExchange>();
  /** Exchanges served since the start. */
  total = 0;

  constructor(parts: HttpExchangesParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#exchanges.size;
  }

  /** Bytes waiting for clients, over all exchanges. */
  get queuedBytes(): number {
    let bytes = 0;
    for (const exchange of this.#exchanges) bytes += exchange.queuedBytes;
    return bytes;
  }

  all(): Iterable<LiveExchange> {
    return this.#exchanges;
  }

  terminate(): void {
    for (const exchange of this.#exchanges) exchange.terminate();
  }

  /** Serves the request. One too many outside a session throws a Refusal; within a session, the tap tells of the refusal. */
  serve(addressed: AddressedExchange, request: IncomingMessage, response: ServerResponse): void {
    const tooMany = this.#tooMany(addressed, request);
    if (tooMany && !addressed.session) throw tooMany;
    // Take the bytes now: they are gone later.
    const following = addressed.session && this.#parts.observed.follow(request);
    // Answers on a connection follow the order of its requests (RFC 9112 §9.3.2): one whose turn has not come waits here.
    const exchange = this.#begin(addressed, request, response);
    const refuse = ({ status, message, headers, limit }: Refusal): void => exchange.refuse(status, message, headers, limit);
    const receive = (bodyBytes: number, serve: ServeExchange): void =>
      exchange.receive(following?.bytes.length ?? requestHeadSize(request) + bodyBytes, following?.bytes, serve);
    const start = (): void => {
      // Do not wait for the body of a request too many.
      if (tooMany) {
        receive(0, () => (request.method === 'OPTIONS' ? exchange.allow(addressed.method) : refuse(tooMany)));
        request.resume();
        return;
      }
      const read = (result: BodyRead): void => {
        if ('text' in result) exchange.body = result.text;
        receive(result.bytes, () => {
          const { method, serve } = addressed;
          // Let a preflight through: a refusal is for the request that it asks for.
          if (request.method === 'OPTIONS') exchange.allow(method);
          else if (serve instanceof Refusal) refuse(serve);
          else if ('refusal' in result) refuse(result.refusal);
          else if (request.method !== method) exchange.refuse(405, `This address takes ${method}.`, { Allow: method });
          else serve(exchange);
        });
      };
      const most = orNone(this.#parts.options.maxMessageBytes);
      readBody(request, most, (result) =>
        this.#parts.faults.run(
          () => read(result),
          () => exchange.answerFault(),
          () => request.socket.destroy(),
        ),
      );
    };
    const begin = (): void =>
      this.#parts.faults.run(
        start,
        () => exchange.answerFault(),
        () => request.socket.destroy(),
      );
    if (response.socket) begin();
    else response.once('socket', begin);
  }

  #begin(addressed: AddressedExchange, request: IncomingMessage, response: ServerResponse): LiveExchange {
    const { session } = addressed;
    // A refusal in a full session neither waits in a link nor counts: a flood would grow both.
    if (session && isFull(session, this.#parts.options)) return this.#open(idealLink, addressed, request, response);
    const shared = session?.conditions ?? idealLink;
    // Each exchange has its own link. With one seed for all, every request would meet the fate of the first.
    const own = { seed: nthSeed(shared.seed, session?.exchanges ?? this.total), ...addressed.own };
    const exchange = this.#open({ ...shared, ...own }, addressed, request, response);
    if (!session) return exchange;
    exchange.onClose(() => session.connections.delete(exchange));
    session.connections.set(exchange, own);
    exchange.onClose(this.#parts.sessions.hold(session, (why) => exchange.giveWay(why)));
    return exchange;
  }

  #open(
    conditions: LinkConditions,
    { session, label, request: number }: AddressedExchange,
    request: IncomingMessage,
    response: ServerResponse,
  ): LiveExchange {
    const { options, addresses, timers, refused, faults } = this.#parts;
    const numbered = number === undefined ? {} : { request: number };
    const named = session && { connection: label ?? session.nextLabel(), exchange: session.nextExchange(), ...numbered };
    const recorder = session && named && new ExchangeRecorder(named, session, () => timers.now());
    const exchange = new LiveExchange({
      request,
      response,
      holder: { address: addresses.of(request).name, session: session?.id },
      conditions,
      recorder,
      maxQueueBytes: options.maxQueueBytes,
      timers,
      refused,
      faults,
    });
    if (session) recorder?.started(request.method ?? '', request.url ?? '', session.socketNumber(request.socket));
    this.total++;
    exchange.onClose(() => this.#exchanges.delete(exchange));
    this.#exchanges.add(exchange);
    return exchange;
  }

  /** Counts the request for its session and its address; returns a Refusal if it is one too many. */
  #tooMany({ session }: AddressedExchange, request: IncomingMessage): Refusal | undefined {
    const { options, addresses, timers } = this.#parts;
    try {
      session?.quota.count('requests', session, timers.now());
      addresses.of(request).count('requests', session ?? request.socket, timers.now());
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    return refusalIfFull(session, options);
  }
}
