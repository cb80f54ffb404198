/** One HTTP exchange of the stock server, with the live server's fields in their order. */
import { openHeaders, preflightHeaders, refusalAnswer } from '../../../sandbox-server/endpoints/http-answers.ts';
import type { Exchange } from '../../../sandbox-server/endpoints/http-endpoint.ts';
import type { Holder, NoPlace } from '../../../sandbox-server/endpoints/shares.ts';
import { Buffer } from '../../node/buffer.ts';
import type { IncomingMessage } from '../../node/http/incoming-message.ts';
import type { ServerResponse } from '../../node/http/server-response.ts';

export class StockExchange implements Exchange {
  body = '';
  readonly holder: Holder;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #onFault: (error: unknown) => void;
  readonly #closeListeners: (() => void)[] = [];
  #lastWords = (reason: string): string => reason;
  #isAnswered = false;
  /** True while an answer comes in parts. */
  #isBegun = false;
  #isOver = false;

  /** `onFault` takes what an endpoint throws. */
  constructor(request: IncomingMessage, response: ServerResponse, holder: Holder, onFault: (error: unknown) => void) {
    this.#request = request;
    this.#response = response;
    this.holder = holder;
    this.#onFault = onFault;
    response.once('close', this.#closed);
    // A client that ends its side in the middle of an exchange has given it up, as Node takes it.
    request.socket.once('end', this.#givenUp);
  }

  header(name: string): string | undefined {
    const value = this.#request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  answer(status: number, value?: unknown): void {
    if (value === undefined) this.#whole(status, {}, '');
    else this.#whole(status, { 'Content-Type': 'application/json' }, JSON.stringify(value));
  }

  refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}): void {
    const { headers: all, body } = refusalAnswer(this.header('accept'), message, headers);
    this.#whole(status, all, body);
  }

  /** Answers a preflight (Fetch standard, CORS protocol). */
  allow(method: string): void {
    this.#whole(204, preflightHeaders(method), '');
  }

  begin(type: string, headers: Readonly<Record<string, string>>, lastWords: (reason: string) => string): void {
    if (this.#isAnswered || this.#isOver) return;
    this.#isAnswered = this.#isBegun = true;
    this.#lastWords = lastWords;
    this.#response.writeHead(200, { ...openHeaders, 'Content-Type': type, ...headers }).flushHeaders();
  }

  write(text: string): void {
    if (this.#isBegun && !this.#isOver) this.#response.write(text);
  }

  end(): void {
    if (!this.#isBegun || this.#isOver) return;
    this.#isBegun = false;
    this.#response.end();
  }

  giveWay({ reason }: NoPlace): void {
    if (!this.#isBegun) {
      this.refuse(503, reason, { 'Retry-After': '5' });
      return;
    }
    this.write(this.#lastWords(reason));
    this.end();
  }

  onClose(listener: () => void): void {
    this.#closeListeners.push(listener);
  }

  guarded<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void {
    return (...given) => {
      try {
        act(...given);
      } catch (error) {
        this.#onFault(error);
        if (this.#isAnswered) this.#request.socket.destroy();
        else this.refuse(500, 'The server met an error with this request.');
      }
    };
  }

  #whole(status: number, headers: Readonly<Record<string, string>>, body: string): void {
    if (this.#isAnswered || this.#isOver) return;
    this.#isAnswered = true;
    const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) };
    this.#response.writeHead(status, { ...openHeaders, ...headers, ...length }).end(body);
  }

  readonly #givenUp = (): void => void this.#request.socket.destroy();

  readonly #closed = (): void => {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#request.socket.removeListener('end', this.#givenUp);
    for (const listener of this.#closeListeners.splice(0)) this.guarded(listener)();
  };
}
