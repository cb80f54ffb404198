import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIdeal, type LinkConditions, type LinkEnd, type LinkEvent } from '../../protocol/wire/link.ts';
import type { Timers } from '../endpoints/endpoint.ts';
import type { Exchange, ServeExchange } from '../endpoints/http-endpoint.ts';
import type { Holder, NoPlace } from '../endpoints/shares.ts';
import type { FaultBoundary } from '../fault-boundary.ts';
import { openHeaders } from './responses.ts';
import { responseHeadSize } from './head-size.ts';
import { orNone } from '../options.ts';
import type { Refused } from '../monitoring/sandbox-metrics.ts';
import { restarting } from '../refusal.ts';
import type { ExchangeRecorder } from '../tap/exchange-recorder.ts';
import { LinkDriver } from '../tap/link-driver.ts';
import { writtenBytes } from '../tap/written-bytes.ts';

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

/** A piece that the link carries as a whole: the request, or a part of the response. */
interface Unit {
  /** -1 for the request. */
  part: number;
  /** How many bytes the link has to carry. */
  size: number;
  final: boolean;
  /** Hands it over at the other end. */
  arrive: () => void;
  /** Answers in the link's own name when the link does not carry it in this direction. */
  refuse?: () => void;
}

const up = 'client-to-server';
const down = 'server-to-client';
/** How long to keep an exchange whose link has gone silent, in ms; nobody is told of the silence. */
const longestSilence = 60_000;
const simplex = 'This link is simplex: it carries server-to-client alone, and an HTTP exchange needs both directions.';

/** An HTTP exchange over a real socket: its request and each part of its response cross a link, and a recorder notes them. */
export class LiveExchange implements Exchange {
  body = '';
  readonly holder: Holder;
  readonly #parts: LiveExchangeParts;
  /** Absent if the link changes nothing and nobody watches: then nobody can change its conditions. */
  readonly #driver: LinkDriver<Unit> | undefined;
  readonly #closed: (() => void)[] = [];
  #nextPart = 0;
  #queued = 0;
  #begun = false;
  #lastWords = (reason: string): string => reason;
  #answered = false;
  #over = false;
  #cutFor: string | undefined;
  /** True if the link itself answers: the answer was never at the server and does not cross the link. */
  #isOfLink = false;

  constructor(parts: LiveExchangeParts) {
    const { response, conditions, recorder, timers } = parts;
    this.#parts = parts;
    this.holder = parts.holder;
    if (recorder || !isIdeal(conditions)) {
      this.#driver = new LinkDriver(
        conditions,
        timers,
        (event) => this.#happened(event),
        (end) => this.#linkEnded(end),
        (act) => this.#run(act),
      );
    }
    response.once('close', this.#closedDown);
    // A response that waits for its turn on the connection is not told when the connection ends.
    parts.request.socket.once('close', this.#closedDown);
    response.on('error', () => undefined);
  }

  get conditions(): LinkConditions {
    return this.#driver?.conditions ?? this.#parts.conditions;
  }

  set conditions(conditions: LinkConditions) {
    if (this.#driver) this.#driver.conditions = conditions;
  }

  /** Bytes waiting for the client, on the link or in its socket. */
  get queuedBytes(): number {
    return this.#queued + this.#parts.response.writableLength;
  }

  header(name: string): string | undefined {
    const value = this.#parts.request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  /** Carries the request, of `size` bytes in all, from the socket to the server's program, and has it served there. */
  receive(size: number, bytes: Buffer | undefined, serve: ServeExchange): void {
    const { recorder, request } = this.#parts;
    recorder?.requestSent(bytes);
    const arrive = (): void => {
      recorder?.requestReceived();
      this.#run(() => {
        if (!this.#answered) serve(this);
      });
    };
    // A simplex link has no HTTP: the request never arrives, and the link says why.
    const refuse = (): void => {
      this.#isOfLink = true;
      // Let a preflight through: a page may read the refusal of the request behind it only if it may ask.
      if (request.method === 'OPTIONS') serve(this);
      else this.refuse(403, simplex);
    };
    this.#carry(up, { part: -1, size, final: false, arrive, refuse }, false);
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
    const write = (): void => void this.#parts.response.writeHead(status, all).end(body);
    const { response } = this.#parts;
    this.#respond(Buffer.byteLength(body), responseHeadSize(response, status, all, false), write, status, true);
  }

  refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}, limit?: string): void {
    if (this.#answered) return;
    this.#parts.refused(status, limit);
    // A page of another origin may read only a few fields of an answer unless we name them (Fetch standard, CORS protocol).
    const named = Object.keys(headers).join(', ');
    const all = named === '' ? {} : { ...headers, 'Access-Control-Expose-Headers': named };
    if (this.header('accept')?.includes('application/json')) {
      this.#whole(status, { ...all, 'Content-Type': 'application/json' }, JSON.stringify({ error: message }));
    } else this.#whole(status, { ...all, 'Content-Type': 'text/plain; charset=utf-8' }, `${message}\n`);
  }

  /** Answers a preflight (Fetch standard, CORS protocol): any page may ask this address, whatever its origin. */
  allow(method: string): void {
    this.#whole(
      204,
      {
        'Access-Control-Allow-Methods': method,
        'Access-Control-Allow-Headers': 'Content-Type, Last-Event-ID, Cache-Control',
        'Access-Control-Max-Age': '600',
      },
      '',
    );
  }

  begin(type: string, headers: Readonly<Record<string, string>>, lastWords: (reason: string) => string): void {
    if (this.#answered) return;
    this.#answered = this.#begun = true;
    this.#lastWords = lastWords;
    const all = { ...openHeaders, 'Content-Type': type, ...headers };
    const { response } = this.#parts;
    const write = (): void => response.writeHead(200, all).flushHeaders();
    this.#respond(0, responseHeadSize(response, 200, all, true), write, 200, false);
  }

  write(text: string): void {
    const { response, maxQueueBytes } = this.#parts;
    if (!this.#begun || this.#over || this.#cutFor !== undefined) return;
    const length = Buffer.byteLength(text);
    // A chunk's size comes before it in hexadecimal, and each ends with a line ending (RFC 9112 §7.1).
    this.#respond(length, length.toString(16).length + 4, () => response.write(text), undefined, false);
    if (this.queuedBytes > orNone(maxQueueBytes)) {
      this.#cut(`More than ${maxQueueBytes} bytes wait for this client: it reads too slowly.`);
    }
  }

  end(): void {
    if (!this.#begun || this.#over) return;
    this.#begun = false;
    this.#respond(0, '0\r\n\r\n'.length, () => this.#parts.response.end(), undefined, true);
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
    this.#cut('The server closed down.');
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

  #respond(content: number, framing: number, write: () => void, status: number | undefined, final: boolean): void {
    if (this.#over) return;
    const part = this.#nextPart++;
    const { recorder, response, timers } = this.#parts;
    const told = this.#isOfLink ? status : undefined;
    const arrive = (): void => {
      if (!recorder) return write();
      // Take the time before the write: the client may have the bytes before this process goes on.
      const at = timers.now();
      recorder.responseReceived(part, writtenBytes(response, write), final, at, told);
    };
    // Keep a fault with this exchange from the sender: it is not to blame, and may be sending the same to others.
    this.#run(() => {
      if (this.#isOfLink) return arrive();
      recorder?.responseSent(part, content, status, final);
      this.#carry(down, { part, size: content + framing, final, arrive }, true);
    });
  }

  #carry(direction: typeof up | typeof down, unit: Unit, exempt: boolean): void {
    if (direction === down) this.#queued += unit.size;
    if (this.#driver) this.#driver.send(direction, unit.size, unit, { exempt });
    else this.#arrived(direction, unit);
  }

  #happened(event: LinkEvent<Unit>): void {
    const { name, direction, unit } = event;
    const { recorder } = this.#parts;
    if (name === 'departed') {
      if (direction === up) recorder?.requestDeparted(event);
      else recorder?.responseDeparted(unit.part, event);
    } else if (name === 'arrived') this.#arrived(direction, unit);
    else this.#dropped(direction, unit);
  }

  #dropped(direction: typeof up | typeof down, unit: Unit): void {
    const { recorder } = this.#parts;
    const end = this.#driver?.end;
    const ended = end === 'cut' ? 'The link was cut.' : 'The link had gone silent: neither end was told.';
    if (direction === down) {
      this.#queued -= unit.size;
      recorder?.responseDropped(unit.part, ended);
    } else {
      recorder?.requestDropped(end ? ended : simplex);
      if (!end) unit.refuse?.();
    }
  }

  #linkEnded(end: LinkEnd): void {
    const { recorder, timers } = this.#parts;
    recorder?.linkEnded(end);
    if (end === 'cut') this.#cut('The link was cut.');
    else
      this.onClose(timers.after(longestSilence, () => this.#cut('The link had gone silent, and nobody gave up for a minute.')));
  }

  #arrived(direction: typeof up | typeof down, unit: Unit): void {
    if (direction === down) this.#queued -= unit.size;
    unit.arrive();
  }

  readonly #closedDown = (): void => {
    if (this.#over) return;
    this.#over = true;
    const { request, response, recorder, faults } = this.#parts;
    request.socket.removeListener('close', this.#closedDown);
    faults.run(() => this.#driver?.stop());
    const aborted = response.writableFinished ? undefined : 'The client went away before it had the whole answer.';
    faults.run(() => recorder?.ended(this.#cutFor ?? aborted));
    // Run each by itself: one that fails must not keep the others from releasing what they hold.
    for (const listener of this.#closed.splice(0)) faults.run(listener);
  };
}
