/**
 * `XMLHttpRequest` as browsers have it in a Worker, on the in-page network (XHR, https://xhr.spec.whatwg.org).
 *
 * Longer than most files: the interface is one class, and has many members.
 */
import { requestBody } from '../fetch/request-body.ts';
import { ExchangeSightings } from '../http/exchange-sightings.ts';
import { type FetchedHead, Fetching } from '../http/fetching.ts';
import { httpClientOf, type HttpParts } from '../http/http-client.ts';
import { shapeAs } from '../web-idl.ts';
import { OpenedRequest, refuse } from './opened-request.ts';
import { defineHandlers, progressEvent, ProgressTarget } from './progress-target.ts';
import { Received, type ReceivedType, responseTypes } from './received.ts';
import { Upload } from './upload.ts';

/** XHR §3. */
const states = { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 } as const;

/** A program hears of content that comes no more often than this, ms (XHR §3.5.6). */
const progressEvery = 50;

/**
 * Returns the class `XMLHttpRequest` of a program. It is true to the standard but for what `createFetch` lacks too, and this: it
 * cannot be asked to wait (`async` false); it has no documents, as in a Worker; and a stream is no body.
 */
export function createXmlHttpRequest(parts: HttpParts): typeof globalThis.XMLHttpRequest {
  const client = httpClientOf(parts);
  const { base, clock, random } = parts;
  const { origin } = new URL(base);

  const InPageXmlHttpRequest = class XMLHttpRequest extends ProgressTarget {
    readonly #upload = new Upload(clock);
    #readyState: number = states.UNSENT;
    #opened: OpenedRequest | undefined;
    #isSent = false;
    #received: Received | undefined;
    #sightings: ExchangeSightings | undefined;
    #fetching: Fetching | undefined;
    #timer: number | undefined;
    #sentAt = 0;
    #toldAt = -Infinity;
    #timeout = 0;
    #withCredentials = false;
    #responseType: ReceivedType = '';
    #overridden: string | undefined;

    get upload(): ProgressTarget {
      return this.#upload.target;
    }

    get readyState(): number {
      return this.#readyState;
    }

    get status(): number {
      return this.#received?.head.status ?? 0;
    }

    get statusText(): string {
      return this.#received?.head.statusText ?? '';
    }

    get responseURL(): string {
      return this.#received?.head.url.href.replace(/#.*$/s, '') ?? '';
    }

    /** ms of the run from `send()` on; 0 for none. */
    get timeout(): number {
      return this.#timeout;
    }
    set timeout(ms: number) {
      this.#timeout = Math.max(0, Number(ms) | 0);
      if (this.#isSent) this.#armTimeout();
    }

    get withCredentials(): boolean {
      return this.#withCredentials;
    }
    set withCredentials(value: boolean) {
      if (this.#readyState > states.OPENED || this.#isSent) {
        refuse("set the 'withCredentials' property on", 'The value may only be set before it is sent.');
      }
      this.#withCredentials = Boolean(value);
    }

    get responseType(): XMLHttpRequestResponseType {
      return this.#responseType;
    }
    set responseType(value: XMLHttpRequestResponseType) {
      if (this.#readyState >= states.LOADING) {
        refuse("set the 'responseType' property on", "It cannot be set if the object's state is LOADING or DONE.");
      }
      if ((responseTypes as readonly string[]).includes(value)) this.#responseType = value as ReceivedType;
    }

    get response(): unknown {
      const type = this.#responseType;
      if (type === '' || type === 'text') return this.#text;
      return this.#readyState === states.DONE ? (this.#received?.object(type) ?? null) : null;
    }

    get responseText(): string {
      const type = this.#responseType;
      if (type !== '' && type !== 'text') {
        const why = `The value is only accessible if the object's 'responseType' is '' or 'text' (was '${type}').`;
        refuse("read the 'responseText' property from", why);
      }
      return this.#text;
    }

    /** Throws a DOMException for what cannot be asked for, and for one that is to wait. */
    open(...given: unknown[]): void {
      this.#opened = new OpenedRequest(given, parts);
      this.#stop();
      this.#received = undefined;
      if (this.#readyState !== states.OPENED) this.#enter(states.OPENED);
    }

    setRequestHeader(name: string, value: string): void {
      if (this.#readyState !== states.OPENED || this.#isSent) {
        refuse("execute 'setRequestHeader' on", "The object's state must be OPENED.");
      }
      this.#opened?.addField(`${name}`, `${value}`);
    }

    getResponseHeader(name: string): string | null {
      return this.#received?.header(`${name}`) ?? null;
    }

    getAllResponseHeaders(): string {
      return this.#received?.headers() ?? '';
    }

    overrideMimeType(type: string): void {
      if (this.#readyState >= states.LOADING) {
        refuse("execute 'overrideMimeType' on", 'MimeType cannot be overridden when the state is LOADING or DONE.');
      }
      this.#overridden = `${type}`;
    }

    send(given?: unknown): void {
      const opened = this.#opened;
      if (this.#readyState !== states.OPENED || this.#isSent || !opened) {
        return refuse("execute 'send' on", "The object's state must be OPENED.");
      }
      const body = given == null || ['GET', 'HEAD'].includes(opened.method) ? undefined : requestBody(given, random);
      const { content } = body ?? {};
      if (content?.kind === 'stream') throw new TypeError('An XMLHttpRequest sends no stream. Use fetch, with duplex: "half".');
      opened.setType(body?.type);
      this.#isSent = true;
      this.#sentAt = clock.present;
      this.#toldAt = -Infinity;
      const asked = client.ask(opened.url);
      const sightings = (this.#sightings = new ExchangeSightings(asked));
      sightings.started(opened.method, opened.address, 'fetch');
      this.#armTimeout();
      // It may have been given up, or opened anew, while a Blob was read.
      const isMeant = (): boolean => this.#sightings === sightings && this.#isSent;
      this.dispatchEvent(progressEvent('loadstart', 0, 0));
      if (!isMeant()) return;
      const send = (bytes: Uint8Array | undefined): void => {
        if (!isMeant()) return;
        this.#fetch(opened, bytes, asked);
        this.#upload.begin(bytes?.length ?? 0);
      };
      const unread = (): void => {
        if (isMeant()) this.#fail('error');
      };
      client.outbox.add(() => {
        if (content?.kind === 'work') return content.bytes().then(send, unread);
        return void send(content?.bytes);
      });
    }

    abort(): void {
      if (this.#isSent) this.#fail('abort');
      if (this.#readyState === states.DONE) {
        this.#readyState = states.UNSENT;
        this.#received = undefined;
      }
    }

    get #text(): string {
      return this.#readyState >= states.LOADING ? (this.#received?.text() ?? '') : '';
    }

    #fetch({ method, url, fields }: OpenedRequest, body: Uint8Array | undefined, asked: ReturnType<typeof client.ask>): void {
      const request = { url, method, fields, body, asked, withCredentials: this.#withCredentials };
      this.#fetching = new Fetching(
        client,
        origin,
        { ...request, mode: 'cors', redirect: 'follow', asksFirst: true, isUncached: false },
        {
          onHead: (head) => this.#headCame(head),
          onContent: (content) => this.#contentCame(content),
          onEnd: () => this.#ended(),
          onFailed: () => this.#fail('error'),
        },
      );
    }

    #headCame(head: FetchedHead): void {
      this.#upload.end();
      this.#sightings?.headCame(head.status);
      this.#received = new Received(head, this.#overridden);
      this.#enter(states.HEADERS_RECEIVED);
    }

    #contentCame(content: Uint8Array<ArrayBuffer>): void {
      const received = this.#received;
      received?.add(content);
      if (!received || clock.present - this.#toldAt < progressEvery) return;
      this.#toldAt = clock.present;
      this.#enter(states.LOADING);
      this.dispatchEvent(progressEvent('progress', received.length, received.total));
    }

    #ended(): void {
      const { length = 0, total = 0 } = this.#received ?? {};
      if (length > 0) this.#sightings?.read(length);
      this.#sightings?.ended();
      this.dispatchEvent(progressEvent('progress', length, total));
      this.#stop();
      this.#enter(states.DONE);
      for (const type of ['load', 'loadend']) this.dispatchEvent(progressEvent(type, length, total));
    }

    /** The request error steps (XHR §3.5.6). */
    #fail(type: 'abort' | 'error' | 'timeout'): void {
      if (type === 'error') this.#sightings?.failed();
      else this.#sightings?.aborted();
      this.#stop();
      this.#received = undefined;
      this.#enter(states.DONE);
      this.#upload.fail(type);
      for (const told of [type, 'loadend']) this.dispatchEvent(progressEvent(told, 0, 0));
    }

    #armTimeout(): void {
      clock.clear(this.#timer);
      const left = Math.max(0, this.#sentAt + this.#timeout - clock.present);
      if (this.#timeout > 0) this.#timer = clock.set(() => this.#fail('timeout'), left, false);
    }

    /** Nothing more is under way. */
    #stop(): void {
      clock.clear(this.#timer);
      if (this.#isSent) this.#sightings?.aborted();
      this.#isSent = false;
      this.#fetching?.abort();
      this.#fetching = undefined;
    }

    #enter(state: number): void {
      this.#readyState = state;
      this.dispatchEvent(new Event('readystatechange'));
    }
  };
  defineHandlers(InPageXmlHttpRequest.prototype, ['readystatechange']);
  const shape = { name: 'XMLHttpRequest', constants: states, needed: { constructor: 0, open: 2, send: 0 } };
  return shapeAs(InPageXmlHttpRequest, shape) as unknown as typeof globalThis.XMLHttpRequest;
}
