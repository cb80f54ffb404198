import type { IncomingMessage, ServerResponse } from 'node:http';
import { idealLink, type LinkConditions } from '../protocol/link.ts';
import type { Timers } from './endpoints/endpoint.ts';
import type { ServeExchange } from './endpoints/http-endpoint.ts';
import { RequestLimit } from './limits/request-limit.ts';
import { LiveExchange } from './live-exchange.ts';
import { orNone, type Options } from './options.ts';
import { Refusal } from './refusal.ts';
import { readBody } from './request-body.ts';
import type { Session, Sessions } from './sessions.ts';
import { ExchangeRecorder } from './tap/exchange-recorder.ts';
import type { HandshakeBytes } from './tap/handshake-bytes.ts';

/** How many times as much as one session a client address may ask without one: a class sits behind one address. */
const addressShare = 20;

/** What an address says of an exchange with an HTTP endpoint. */
export interface AddressedExchange {
  method: string;
  serve: ServeExchange;
  /** The link conditions of the request's own query. */
  own: Partial<LinkConditions>;
  session: Session | undefined;
  /** The exchange's name in the trace; one is made up where it is absent. */
  label: string | undefined;
  /** The number of the request among the client's, where its address has one. */
  request: number | undefined;
}

/** Whose exchange a request is, where its address names a session and numbers the request. */
export interface NumberedExchange {
  session: Session;
  label: string | undefined;
  request: number;
}

/** What exchanges need of the sandbox. */
export interface HttpExchangesParts {
  options: Options;
  sessions: Sessions;
  observed: HandshakeBytes;
  timers: Timers;
  /** A request is not served, and answered with this status. */
  refused: (status: number) => void;
  failed: (error: unknown) => void;
}

/** Serves HTTP exchanges within sessions and without, and keeps those that are open. */
export class HttpExchanges {
  readonly #parts: HttpExchangesParts;
  readonly #limit: RequestLimit;
  readonly #open = new Set<LiveExchange>();
  /** Exchanges served since the start. */
  total = 0;

  constructor(parts: HttpExchangesParts) {
    this.#parts = parts;
    this.#limit = new RequestLimit(orNone(parts.options.requestsPerSecond), orNone(parts.options.requestBurst));
  }

  get size(): number {
    return this.#open.size;
  }

  all(): Iterable<LiveExchange> {
    return this.#open;
  }

  terminate(): void {
    for (const exchange of this.#open) exchange.terminate();
  }

  /** Serves the request. Throws a Refusal where there are too many. */
  serve(addressed: AddressedExchange, request: IncomingMessage, response: ServerResponse): void {
    this.#check(addressed, request);
    this.#serve(addressed, request, response);
  }

  /**
   * Answers a request within a session with a refusal, as an exchange like any other: over the link, and told to the tap. False
   * where the session has as many connections as it may have: then nothing is begun.
   */
  refuse(numbered: NumberedExchange, refusal: Refusal, request: IncomingMessage, response: ServerResponse): boolean {
    if (numbered.session.connections.size >= orNone(this.#parts.options.maxSessionConnections)) return false;
    const { status, message, headers } = refusal;
    const serve: ServeExchange = (exchange) => exchange.refuse(status, message, headers);
    // A preflight is let through: the refusal is for the request that it asks for.
    const method = request.method === 'OPTIONS' ? request.headers['access-control-request-method'] : request.method;
    this.#serve({ ...numbered, method: method ?? '', own: {}, serve }, request, response);
    return true;
  }

  #serve(addressed: AddressedExchange, request: IncomingMessage, response: ServerResponse): void {
    // The bytes are at hand now, and gone later.
    const following = addressed.session && this.#parts.observed.follow(request);
    // Answers on a connection come in the order of its requests (RFC 9112 §9.3): one that has no turn yet waits here.
    const exchange = this.#begin(addressed, request, response);
    const start = (): void =>
      readBody(request, orNone(this.#parts.options.maxMessageBytes), (result) => {
        if ('text' in result) exchange.body = result.text;
        const { method } = addressed;
        const serve: ServeExchange = () => {
          if ('refusal' in result) exchange.refuse(result.refusal.status, result.refusal.message, result.refusal.headers);
          else if (request.method === 'OPTIONS') exchange.allow(method);
          else if (request.method !== method) exchange.refuse(405, `This address takes ${method}.`, { Allow: method });
          else addressed.serve(exchange);
        };
        exchange.receive(sizeOf(request) + result.bytes, following?.whole ? following.bytes : undefined, serve);
      });
    if (response.socket) start();
    else response.once('socket', start);
  }

  #begin(addressed: AddressedExchange, request: IncomingMessage, response: ServerResponse): LiveExchange {
    const { options, timers, refused, failed, sessions } = this.#parts;
    const { session, own, label } = addressed;
    const number = addressed.request === undefined ? {} : { request: addressed.request };
    const named = session && { connection: label ?? session.nextLabel(), exchange: session.nextExchange(), ...number };
    const recorder = session && named && new ExchangeRecorder(named, session, () => timers.now());
    const exchange = new LiveExchange({
      request,
      response,
      conditions: { ...(session?.conditions ?? idealLink), ...own },
      recorder,
      maxQueueBytes: options.maxQueueBytes,
      timers,
      refused,
      failed,
    });
    recorder?.started(request.method ?? '', request.url ?? '');
    this.total++;
    this.#open.add(exchange);
    session?.connections.set(exchange, own);
    const release = session && sessions.hold(session);
    exchange.onClose(() => {
      this.#open.delete(exchange);
      session?.connections.delete(exchange);
      release?.();
    });
    return exchange;
  }

  #check({ session }: AddressedExchange, request: IncomingMessage): void {
    const { options, timers } = this.#parts;
    const key = session?.id ?? request.socket.remoteAddress ?? '';
    if (!this.#limit.count(key, session ? 1 : addressShare, timers.now())) {
      const { requestsPerSecond, requestBurst } = options;
      const sentence = `More than ${requestsPerSecond} requests a second, ${requestBurst} at once, are not taken here.`;
      throw new Refusal(429, sentence, { 'Retry-After': '1' });
    }
    if (session && session.connections.size >= orNone(options.maxSessionConnections)) {
      throw new Refusal(503, `This session has ${options.maxSessionConnections} connections already, the most it may have.`);
    }
  }
}

/** About how long the request's head is, for the link. */
const sizeOf = ({ method = '', url = '', rawHeaders }: IncomingMessage): number =>
  `${method} ${url} HTTP/1.1\r\n\r\n`.length + rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
