import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LinkEnd } from '../../protocol/wire/link.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Timers } from '../endpoints/endpoint.ts';
import { openHeaders, preflightHeaders, refusalAnswer } from '../endpoints/http-answers.ts';
import type { Exchange, ServeExchange } from '../endpoints/http-endpoint.ts';
import type { Holder, NoPlace } from '../endpoints/shares.ts';
import type { FaultBoundary } from '../fault-boundary.ts';
import { ExchangeLink, type ResponseUnit } from './exchange-link.ts';
import { responseHeadSize } from './head-size.ts';
import { orNone } from '../options.ts';
import type { Refused } from '../monitoring/sandbox-metrics.ts';
import { restarting } from '../refusal.ts';
import type { ExchangeRecorder } from '../tap/exchange-recorder.ts';
import { whyLost } from '../../protocol/wire/drop-reasons.ts';

/** The parts of an exchange. */
export interface LiveExchangeParts {
  request: IncomingMessage;
  response: ServerResponse;
  holder: Holder;
  conditions: LinkConditions;
  recorder: ExchangeRecorder | undefined;
  /** The most bytes that may wait for the client; 0 means no limit. */
  maxQueueBytes: number;
  timers: Timers;
  refused: Refused;
  faults: FaultBoundary;
}

/** How long to keep an exchange whose link has gone silent, in ms; nobody is told of the silence. */
const longestSilence = 60_000;

/** An HTTP exchange over a real socket: its request and each part of its response cross a link, and a recorder notes them. */
export class LiveExchange implements Exchange {
  body = '';
  readonly holder: Holder;
  readonly #parts: LiveExchangeParts;
  readonly #link: ExchangeLink;
  readonly #closed: (() => void)[] = [];
  #begun = false;
  #lastWords = (reason: string): string => reason;
  #answered = false;
  #over = false;
  #cutFor: string | undefined;

  constructor(parts: LiveExchangeParts) {
    const { response, conditions, recorder, timers } = parts;
    this.#parts = parts;
    this.holder = parts.holder;
    this.#link = new ExchangeLink({
      conditions,
      recorder,
      response,
      timers,
      ended: (end) => this.#linkEnded(end),
      guarded: (act) => this.#run(act),
    });
    response.once('close', this.#closedDown);
    // A response that waits for its turn on the connection is not told when the connection ends.
    parts.request.socket.once('close', this.#closedDown);
    response.on('error', () => undefined);
  }

  get conditions(): LinkConditions {
    return this.#link.conditions;
  }

  set conditions(conditions: LinkConditions) {
    this.#link.conditions = conditions;
  }

  /** Bytes waiting for the client, on the link or in its socket. */
  get queuedBytes(): number {
    return this.#link.bytesForClient + this.#parts.response.writableLength;
  }

  header(name: string): string | undefined {
    const value = this.#parts.request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  /** Carries the request, of `size` bytes in all, from the socket to the server's program, and has it served there. */
  receive(size: number, bytes: Buffer | undefined, serve: ServeExchange): void {
    this.#link.receive({
      size,
      bytes,
      arrived: () =>
        this.#run(() => {
          if (!this.#answered) serve(this);
        }),
      refused: (reason) => {
        // Let a preflight through: a page may read the refusal of the request behind it only if it may ask.
        if (this.#parts.request.method === 'OPTIONS') serve(this);
        else this.refuse(403, reason);
      },
    });
  }

  answer(status: number, value?: unknown): void {
    const body = value === undefined ? '' : JSON.stringify(value);
    this.#whole(status, value === undefined ? {} : { 'Content-Type': 'application/json' }, body);
  }

  /** Answers with this body, or with none. */
  #whole(status: number, headers: Readonly<Record<string, string | number>>, body: string): void {
    if (this.#answered) return;
    this.#answered = true;
    const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const all = { ...openHeaders, ...headers, ...length };
    const { response } = this.#parts;
    this.#respond({
      content: Buffer.byteLength(body),
      framing: responseHeadSize(response, status, all, false),
      write: () => void response.writeHead(status, all).end(body),
      status,
      final: true,
    });
  }

  refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}, limit?: string): void {
    if (this.#answered) return;
    this.#parts.refused(status, limit);
    const { headers: all, body } = refusalAnswer(this.header('accept'), message, headers);
    this.#whole(status, all, body);
  }

  /** Answers a preflight (Fetch standard, CORS protocol): any page may ask this address, whatever its origin. */
  allow(method: string): void {
    this.#whole(204, preflightHeaders(method), '');
  }

  begin(type: string, headers: Readonly<Record<string, string>>, lastWords: (reason: string) => string): void {
    if (this.#answered) return;
    this.#answered = this.#begun = true;
    this.#lastWords = lastWords;
    const all = { ...openHeaders, 'Content-Type': type, ...headers };
    const { response } = this.#parts;
    this.#respond({
      content: 0,
      framing: responseHeadSize(response, 200, all, true),
      write: () => response.writeHead(200, all).flushHeaders(),
      status: 200,
    });
  }

  write(text: string): void {
    const { response, maxQueueBytes } = this.#parts;
    if (!this.#begun || this.#over || this.#cutFor !== undefined) return;
    const length = Buffer.byteLength(text);
    // A chunk's size comes before it in hexadecimal, and each ends with a line ending (RFC 9112 §7.1).
    this.#respond({ content: length, framing: length.toString(16).length + 4, write: () => void response.write(text) });
    if (this.queuedBytes > orNone(maxQueueBytes)) {
      this.#cut(`More than ${maxQueueBytes} bytes wait for this client: it reads too slowly.`);
    }
  }

  end(): void {
    if (!this.#begun || this.#over) return;
    this.#begun = false;
    const write = (): void => void this.#parts.response.end();
    this.#respond({ content: 0, framing: '0\r\n\r\n'.length, write, final: true });
  }

  onClose(listener: () => void): void {
    this.#closed.push(listener);
  }

  /** Ends the exchange in order because the server is closing down. */
  close(): void {
    if (this.#begun) this.end();
    else this.refuse(restarting.status, restarting.message, restarting.headers);
  }

  giveWay({ reason, limit }: NoPlace): void {
    if (!this.#begun) return this.refuse(503, reason, { 'Retry-After': '5' }, limit);
    this.write(this.#lastWords(reason));
    this.end();
  }

  /** Ends the connection. */
  terminate(): void {
    this.#cut('The server shut down.');
  }

  guarded<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void {
    return (...given) => this.#run(() => act(...given));
  }

  /** Answers a fault in this exchange with 500; ends the connection if an answer is already on its way. */
  answerFault(): void {
    if (this.#answered) this.#cut('The server met an error with this request.');
    else this.refuse(500, 'The server met an error with this request.');
  }

  #run(act: () => void): void {
    const { faults, request } = this.#parts;
    faults.run(
      act,
      () => this.answerFault(),
      () => request.socket.destroy(),
    );
  }

  #cut(reason: string): void {
    this.#cutFor ??= reason;
    this.#parts.request.socket.destroy();
  }

  #respond(unit: ResponseUnit): void {
    // Keep a fault with this exchange from the sender: it is not to blame, and may be sending the same to others.
    if (!this.#over) this.#run(() => this.#link.respond(unit));
  }

  #linkEnded(end: LinkEnd): void {
    const { timers } = this.#parts;
    if (end === 'cut') this.#cut(whyLost.cut);
    else
      this.onClose(
        timers.after(longestSilence, () => this.#cut('The link had gone silent, and neither end gave up within a minute.')),
      );
  }

  readonly #closedDown = (): void => {
    if (this.#over) return;
    this.#over = true;
    const { request, response, recorder, faults } = this.#parts;
    request.socket.removeListener('close', this.#closedDown);
    faults.run(() => this.#link.stop());
    const aborted = response.writableFinished ? undefined : 'The client went away before it had the whole answer.';
    faults.run(() => recorder?.ended(this.#cutFor ?? aborted));
    // Run each by itself: one that fails must not keep the others from releasing what they hold.
    for (const listener of this.#closed.splice(0)) faults.run(listener);
  };
}
