/**
 * A connection that carries HTTP exchanges, one after another: each request crosses a link whole, each write of the server's is a
 * part of its response, and all is recorded where the sandbox's tap would see it. Each exchange has a link of its own, as there:
 * it is cut, or goes silent, so long after the exchange began. A request that comes before its turn waits (RFC 9112 §9.3.2).
 *
 * Longer than most files: what one end does changes what the other may still do, so both are read together.
 */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { whyLost } from '../../../protocol/wire/drop-reasons.ts';
import { Link, type LinkEvent } from '../../../protocol/wire/link.ts';
import { type LinkConditions, nthSeed } from '../../../protocol/wire/link-conditions.ts';
import type { End, Handed } from '../switched-connection.ts';
import { CarriedExchange, type ExchangeUnit } from './carried-exchange.ts';
import { ExchangeRecorder } from './exchange-recorder.ts';
import { HttpMessage, requestFraming } from './http-message.ts';

/** Names the request that a client writes next. */
export interface RequestName {
  connection: string;
  request: number;
}

export interface HttpConnectionParts {
  /** Returns the name of requests that the client does not name. */
  ownName: () => string;
  /** Returns those of the run, with its seed, as they are now. */
  conditions: () => LinkConditions;
  /** The conditions in which the links of requests that the client does not name differ from those. */
  link: Partial<LinkConditions>;
  add: (event: TraceEvent) => void;
  /** The run's time, ms. */
  now: () => number;
  hand: (end: End, what: Handed) => void;
  /** Takes the next number of the run's exchanges, and of its connections that carry HTTP. */
  take: (counted: 'exchange' | 'socket') => number;
}

/** How long a connection whose link has gone silent is kept, ms; nobody is told of the silence. */
const longestSilence = 60_000;
const none = new Uint8Array(0);

const reasons = {
  silent: 'The link had gone silent, and neither end gave up within a minute.',
  client: 'The client went away before it had the whole answer.',
  server: 'The server closed the connection before its answer was whole.',
};

/** A link with its exchange, if it has one, and the conditions that are its own. */
interface UsedLink {
  link: Link<ExchangeUnit>;
  exchange: CarriedExchange | undefined;
  own: Partial<LinkConditions>;
}

export class HttpConnection {
  readonly #parts: HttpConnectionParts;
  readonly #names: { name: RequestName; own: Partial<LinkConditions> }[] = [];
  /** Links that still carry something; the last is the one that is used. */
  #links: UsedLink[];
  #exchange: CarriedExchange | undefined;
  /** The client's bytes that are not read yet. */
  #input: Uint8Array = none;
  #request = new HttpMessage(requestFraming);
  #requestBytes: Uint8Array[] = [];
  #socketNumber: number | undefined;
  #giveUpAt = Infinity;
  readonly #hasEnded = { client: false, server: false };
  /** The other end's end of the stream has reached it. */
  readonly #wasEnded = { client: false, server: false };
  readonly #isClosed = { client: false, server: false };

  constructor(parts: HttpConnectionParts) {
    this.#parts = parts;
    this.#links = [this.#quietLink(parts.link)];
  }

  /** Says what the next request that is not named yet is, and in which conditions its link differs. */
  nameRequest(name: RequestName, own: Partial<LinkConditions>): void {
    this.#names.push({ name, own });
  }

  /** The run's conditions have changed: so do those of its links, but for their seeds and ends, which count from their beginnings. */
  conditionsChanged(): void {
    for (const { link, own } of this.#links) {
      const { seed, cut, silent } = link.conditions;
      link.conditions = { ...this.#parts.conditions(), ...own, seed, cut, silent };
    }
  }

  /** When to call `advance` next, ms of the run; undefined while the links have nothing to do. */
  get nextTime(): number | undefined {
    if (this.isGone) return undefined;
    const next = Math.min(this.#giveUpAt, ...this.#links.map(({ link }) => link.nextTime ?? Infinity));
    return next === Infinity ? undefined : next;
  }

  /** True once both ends are done with it. */
  get isGone(): boolean {
    return this.#isClosed.client && this.#isClosed.server;
  }

  write(from: End, bytes: Uint8Array): void {
    if (this.#hasEnded[from] || this.#isClosed[from]) return;
    if (from === 'server') this.#respond(bytes);
    else {
      this.#input = concatBytes([this.#input, bytes]);
      this.#readRequests();
    }
  }

  /** The end writes no more. */
  end(from: End): void {
    this.#endWriting(from, false);
    this.#closeIfDone(from);
  }

  /** The end wants nothing more of it: the other end finds the connection gone. */
  destroy(from: End): void {
    if (this.#isClosed[from]) return;
    if (from === 'client' && this.#exchange && !this.#exchange.isOver) this.#giveUp(this.#exchange);
    this.#hasEnded[from] = false;
    this.#endWriting(from, true);
    this.#close(from);
  }

  /** Carries out what is due on the links by now. */
  advance(): void {
    const now = this.#parts.now();
    for (const { link, exchange } of [...this.#links]) {
      const hadEnded = link.end;
      for (const event of link.advance(now)) this.#happened(event, exchange);
      if (link.end && !hadEnded) this.#linkEnded(link.end, exchange);
    }
    if (now >= this.#giveUpAt) this.#cut(reasons.silent);
    // A link that carries nothing any more is let go, but for the last.
    this.#links = this.#links.filter(({ link }, i) => i === this.#links.length - 1 || link.nextTime !== undefined);
  }

  get #link(): Link<ExchangeUnit> {
    return (this.#links.at(-1) as UsedLink).link;
  }

  /** Returns a link for what belongs to no exchange: it is neither cut nor silent. */
  #quietLink(own: Partial<LinkConditions>): UsedLink {
    const link = new Link<ExchangeUnit>({ ...this.#parts.conditions(), ...own, cut: 0, silent: 0 }, this.#parts.now());
    return { link, exchange: undefined, own };
  }

  #readRequests(): void {
    while (this.#input.length > 0 && !(this.#exchange && this.#request.isWhole)) {
      const { head, bytes, isWhole, rest } = this.#request.take(this.#input);
      this.#input = rest;
      this.#requestBytes.push(bytes);
      if (head) this.#exchange = this.#begin(head);
      if (isWhole) this.#exchange?.sendRequest(concatBytes(this.#requestBytes), this.#parts.now());
    }
  }

  #begin(head: ConstructorParameters<typeof CarriedExchange>[0]): CarriedExchange {
    const { conditions, link, take, add, now, ownName } = this.#parts;
    this.#socketNumber ??= take('socket');
    const number = take('exchange');
    const { name: asked, own } = this.#names.shift() ?? { name: { connection: ownName() }, own: link };
    const recorder = new ExchangeRecorder({ ...asked, exchange: number }, add, now);
    // With one seed for all, every request would meet the fate of the first.
    const ofRun = conditions();
    const linked = { ...ofRun, seed: nthSeed(ofRun.seed, number), ...own };
    const exchange = new CarriedExchange(head, recorder, linked, now(), this.#socketNumber);
    this.#links.push({ link: exchange.link, exchange, own });
    return exchange;
  }

  #respond(bytes: Uint8Array): void {
    const exchange = this.#exchange;
    const isOpen = exchange && !exchange.isOver && !exchange.isAnswered;
    const rest = isOpen ? exchange.respond(bytes, this.#parts.now()) : bytes;
    if (rest.length > 0) this.#send('server', { kind: 'stray', bytes: rest }, rest.length);
  }

  #send(from: End, unit: ExchangeUnit, bytes: number): void {
    const direction = from === 'client' ? 'client-to-server' : 'server-to-client';
    this.#link.send(direction, bytes, unit, this.#parts.now(), { exempt: true });
  }

  #endWriting(from: End, isGone: boolean): void {
    if (this.#hasEnded[from]) return;
    this.#hasEnded[from] = true;
    if (from === 'server' && this.#exchange && !this.#exchange.isOver) this.#exchange.endResponse(this.#parts.now());
    this.#send(from, { kind: 'end', isGone }, 0);
  }

  #happened(event: LinkEvent<ExchangeUnit>, exchange: CarriedExchange | undefined): void {
    const { name, direction, unit } = event;
    const to: End = direction === 'client-to-server' ? 'server' : 'client';
    if (unit.kind === 'end') {
      if (name === 'arrived') this.#ended(to, unit.isGone);
      return;
    }
    if (unit.kind === 'stray' || !exchange) {
      if (name === 'arrived' && unit.kind === 'stray') this.#hand(to, unit.bytes);
      return;
    }
    const bytes = exchange.carried(event);
    // A link that refuses a request answers it itself.
    if (bytes) this.#hand(name === 'dropped' ? 'client' : to, bytes);
    if (exchange.isOver) this.#nextRequest(exchange);
  }

  #hand(to: End, bytes: Uint8Array): void {
    if (!this.#isClosed[to] && bytes.length > 0) this.#parts.hand(to, { type: 'data', bytes });
  }

  /** The other end writes no more. */
  #ended(to: End, isGone: boolean): void {
    const isNew = !this.#wasEnded[to];
    this.#wasEnded[to] = true;
    if (to === 'client') this.#exchange?.end(reasons.server);
    if (isNew && !this.#isClosed[to]) this.#parts.hand(to, { type: 'ended' });
    if (isGone) this.#close(to);
    else this.#closeIfDone(to);
  }

  #linkEnded(how: NonNullable<Link<ExchangeUnit>['end']>, exchange: CarriedExchange | undefined): void {
    exchange?.linkEnded(how);
    if (how === 'cut') this.#cut(whyLost.cut);
    else this.#giveUpAt = this.#parts.now() + longestSilence;
  }

  /** Both ends find the connection gone. */
  #cut(reason: string): void {
    this.#giveUpAt = Infinity;
    this.#exchange?.end(reason);
    for (const end of ['client', 'server'] as const) this.#close(end);
  }

  /** The client gives the exchange up; what its link carries is lost. A link that has gone silent loses the end of the stream too. */
  #giveUp(exchange: CarriedExchange): void {
    exchange.end(reasons.client);
    if (exchange.link.end) return;
    const own = this.#links.find((used) => used.exchange === exchange)?.own ?? {};
    this.#links = this.#links.filter((used) => used.exchange !== exchange);
    this.#links.push(this.#quietLink(own));
  }

  /** The exchange is over: it is the turn of a request that has waited. */
  #nextRequest(exchange: CarriedExchange): void {
    if (exchange !== this.#exchange) return;
    this.#exchange = undefined;
    this.#request = new HttpMessage(requestFraming);
    this.#requestBytes = [];
    this.#readRequests();
  }

  /** A connection is closed for an end that has ended its side and heard that the other has. */
  #closeIfDone(end: End): void {
    if (this.#hasEnded[end] && this.#wasEnded[end]) this.#close(end);
  }

  #close(end: End): void {
    if (this.#isClosed[end]) return;
    this.#isClosed[end] = true;
    if (end === 'client') this.#exchange?.end(reasons.client);
    this.#parts.hand(end, { type: 'closed' });
  }
}
