/**
 * Fetches as a page may (Fetch §4): with a preflight where another origin must be asked first, over redirects, and with no answer
 * where the server does not allow this origin to read it. The APIs of a program differ in what they make of it.
 */
import { fieldValue, type HttpHead } from '../../../protocol/wire/handshake.ts';
import { allowsOrigin, allowsRequest, needsPreflight, preflightFields, readableFields } from './cors.ts';
import type { Asked, HttpClient } from './http-client.ts';
import { type Field, requestBytes } from './request-head.ts';

/** What is fetched. */
export interface FetchRequest {
  url: URL;
  method: string;
  fields: readonly Field[];
  body: Uint8Array | undefined;
  mode: RequestMode;
  redirect: RequestRedirect;
  withCredentials: boolean;
  /** False for an EventSource, which may send its own field to any origin. */
  asksFirst: boolean;
  isUncached: boolean;
  asked: Asked;
}

/** The head of a response as a program may read it. */
export interface FetchedHead {
  /** The address that answered, after redirects. */
  url: URL;
  status: number;
  statusText: string;
  fields: Field[];
  type: 'basic' | 'cors' | 'opaque' | 'opaqueredirect';
  isRedirected: boolean;
}

/** What comes of it. After `onEnd` or `onFailed` comes nothing. */
export interface FetchListener {
  onHead: (head: FetchedHead) => void;
  onContent: (bytes: Uint8Array<ArrayBuffer>) => void;
  onEnd: () => void;
  /** It was lost on the way, or the page may not ask or read it. */
  onFailed: (why: 'lost' | 'forbidden') => void;
}

/** Where an answer leads on to, and by which status. */
interface Onward {
  url: URL;
  status: number;
}

const redirects = [301, 302, 303, 307, 308];
/** Fetch §4.4. */
const mostRedirects = 20;

export class Fetching {
  readonly #client: HttpClient;
  readonly #origin: string;
  readonly #listener: FetchListener;
  #request: FetchRequest;
  #redirects = 0;
  /** True once another origin has answered or is asked: all that follows obeys CORS. */
  #isCrossOrigin = false;
  #isOver = false;
  #giveUp: (() => void) | undefined;

  /** Begins at once. `origin` is the page's. */
  constructor(client: HttpClient, origin: string, request: FetchRequest, listener: FetchListener) {
    this.#client = client;
    this.#origin = origin;
    this.#request = request;
    this.#listener = listener;
    this.#begin();
  }

  /** Gives it up; the listener hears nothing more. */
  abort(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#giveUp?.();
  }

  #begin(): void {
    const { url, mode, method, fields, asksFirst } = this.#request;
    this.#isCrossOrigin ||= url.origin !== this.#origin;
    if (this.#isCrossOrigin && mode === 'same-origin') this.#fail('forbidden');
    else if (this.#isCrossOrigin && mode === 'cors' && asksFirst && needsPreflight(method, fields)) this.#preflight();
    else this.#send();
  }

  #preflight(): void {
    const { url, method, fields, withCredentials } = this.#request;
    const asking = preflightFields(method, fields);
    const key = [url.href, withCredentials, ...asking.flat()].join('\n');
    if (this.#client.preflights.has(key)) {
      this.#send();
      return;
    }
    let isAllowed = false;
    const bytes = requestBytes({ ...this.#words, method: 'OPTIONS', fields: asking, body: undefined, isUncached: false });
    this.#giveUp = this.#client.send(
      { url, method: 'OPTIONS', bytes, asked: this.#request.asked },
      {
        onHead: (head, status) => {
          const mayAsk =
            allowsOrigin(head, this.#origin, withCredentials) && allowsRequest(head, method, fields, withCredentials);
          isAllowed = status >= 200 && status < 300 && mayAsk;
          if (isAllowed) this.#client.preflights.add(key, fieldValue(head, 'Access-Control-Max-Age'));
        },
        onContent: () => undefined,
        onEnd: () => {
          if (this.#isOver) return;
          if (isAllowed) this.#send();
          else this.#fail('forbidden');
        },
        onFailed: () => this.#fail('lost'),
      },
    );
  }

  get #words(): Parameters<typeof requestBytes>[0] {
    return { ...this.#request, origin: this.#origin };
  }

  #send(): void {
    const { url, method, asked } = this.#request;
    let leadsOn: Onward | undefined;
    this.#giveUp = this.#client.send(
      { url, method, bytes: requestBytes(this.#words), asked },
      {
        onHead: (head, status) => (leadsOn = this.#judge(head, status)),
        // The content of a redirect is nobody's.
        onContent: (bytes) => {
          if (!leadsOn && !this.#isOver) this.#listener.onContent(bytes);
        },
        onEnd: () => {
          if (this.#isOver) return;
          if (leadsOn) this.#follow(leadsOn);
          else this.#finish(this.#listener.onEnd);
        },
        onFailed: () => this.#fail('lost'),
      },
    );
  }

  /** Returns where the answer leads on to; undefined where it is the one. */
  #judge(head: HttpHead, status: number): Onward | undefined {
    const { mode, url, redirect, withCredentials } = this.#request;
    if (this.#isCrossOrigin && mode === 'cors' && !allowsOrigin(head, this.#origin, withCredentials)) this.#abandon();
    const location = redirects.includes(status) ? fieldValue(head, 'Location') : undefined;
    if (this.#isOver) return undefined;
    if (location === undefined || redirect === 'manual') {
      this.#tellHead(head, status, location !== undefined);
      return undefined;
    }
    const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
    const isWeb = next?.protocol === 'http:' || next?.protocol === 'https:';
    if (next && isWeb && redirect === 'follow' && this.#redirects++ < mostRedirects) return { url: next, status };
    this.#abandon();
    return undefined;
  }

  #tellHead(head: HttpHead, status: number, isRedirect: boolean): void {
    const { mode, url, withCredentials } = this.#request;
    const isOpaque = this.#isCrossOrigin && mode === 'no-cors';
    const seen = this.#isCrossOrigin
      ? readableFields(head, withCredentials)
      : head.fields.map(({ name, value }): Field => [name, value]);
    const [, , statusText = ''] = /^(\S+ \S+) ?(.*)$/.exec(head.startLine) ?? [];
    this.#listener.onHead({
      url,
      status,
      statusText,
      fields: isOpaque || isRedirect ? [] : seen.filter(([name]) => !/^set-cookie2?$/i.test(name)),
      type: isRedirect ? 'opaqueredirect' : isOpaque ? 'opaque' : this.#isCrossOrigin ? 'cors' : 'basic',
      isRedirected: this.#redirects > 0,
    });
  }

  /** Goes on at another address (Fetch §4.4). */
  #follow({ url, status }: Onward): void {
    const { method, fields, url: before } = this.#request;
    const wasPost = [301, 302].includes(status) && method === 'POST';
    const becomesGet = wasPost || (status === 303 && !['GET', 'HEAD'].includes(method));
    const asGet = { method: 'GET', body: undefined, fields: fields.filter(([name]) => !/^content-/i.test(name)) };
    // A fragment that the new address lacks is taken from the old one.
    if (url.hash === '') url.hash = before.hash;
    this.#request = { ...this.#request, url, ...(becomesGet && asGet) };
    this.#begin();
  }

  /** Gives up an answer that the program may not read. */
  #abandon(): void {
    this.#giveUp?.();
    this.#fail('forbidden');
  }

  #fail(why: 'lost' | 'forbidden'): void {
    if (!this.#isOver) this.#finish(() => this.#listener.onFailed(why));
  }

  #finish(tell: () => void): void {
    this.#isOver = true;
    tell();
  }
}
