/** The connection below an EventSource: asks, reads the stream, and asks again when it is lost (HTML §9.2.2 to §9.2.6). */
import { EventStreamParser } from '../../../protocol/wire/server-sent-event.ts';
import { type FetchedHead, Fetching } from '../http/fetching.ts';
import type { Asked, HttpClient, HttpParts } from '../http/http-client.ts';
import type { Field } from '../http/request-head.ts';

/** The reconnection time until the stream names one, ms; the standard leaves it to browsers, and Chromium has this one. */
const reconnectionTime = 3000;

/** What is asked for. */
export interface EventStreamAddress {
  url: URL;
  withCredentials: boolean;
  asked: Asked;
}

export interface EventStreamListener {
  onOpen: () => void;
  onEvent: (type: string, init: { data: string; origin: string; lastEventId: string }) => void;
  /** The stream has ended, or was cut: it will be asked for again. */
  onLost: () => void;
  /** It is not asked for again. */
  onFailed: () => void;
}

export class EventStream {
  readonly #parts: HttpParts;
  readonly #client: HttpClient;
  readonly #of: EventStreamAddress;
  readonly #listener: EventStreamListener;
  #fetching: Fetching | undefined;
  #timer: number | undefined;
  #isClosed = false;
  #lastEventId = '';
  #retry = reconnectionTime;

  constructor(parts: HttpParts, client: HttpClient, of: EventStreamAddress, listener: EventStreamListener) {
    this.#parts = parts;
    this.#client = client;
    this.#of = of;
    this.#listener = listener;
    client.outbox.add(() => void this.#ask());
  }

  /** Nothing more is told. */
  close(): void {
    this.#isClosed = true;
    this.#parts.clock.clear(this.#timer);
    this.#fetching?.abort();
  }

  #ask(): void {
    if (this.#isClosed) return;
    if (!/^https?:$/.test(this.#of.url.protocol)) {
      this.#timer = this.#parts.clock.set(() => this.#fail(), 0, false);
      return;
    }
    const { origin } = new URL(this.#parts.base);
    const lastId = this.#lastEventId;
    const fields: Field[] = [['Accept', 'text/event-stream']];
    if (lastId !== '') fields.push(['Last-Event-ID', latin1(new TextEncoder().encode(lastId))]);
    let read: ((bytes: Uint8Array) => void) | undefined;
    this.#fetching = new Fetching(
      this.#client,
      origin,
      {
        ...this.#of,
        method: 'GET',
        fields,
        body: undefined,
        mode: 'cors',
        redirect: 'follow',
        asksFirst: false,
        isUncached: true,
      },
      {
        onHead: (head) => {
          if (!isEventStream(head)) {
            this.#fail();
            return;
          }
          read = this.#reader(head.url.origin);
          this.#listener.onOpen();
        },
        onContent: (bytes) => read?.(bytes),
        onEnd: () => this.#lose(),
        // It is futile to ask again what a page may not read.
        onFailed: (why) => (why === 'forbidden' ? this.#fail() : this.#lose()),
      },
    );
  }

  /** Returns what takes the bytes of one stream (§9.2.6). */
  #reader(origin: string): (bytes: Uint8Array) => void {
    const decoder = new TextDecoder();
    const parser = new EventStreamParser();
    // An id holds until a stream sets another one: also that of the stream before, as in all browsers.
    if (this.#lastEventId !== '') parser.push(`id: ${this.#lastEventId}\n\n`);
    return (bytes) => {
      const events = parser.push(decoder.decode(bytes, { stream: true }));
      if (parser.retry !== undefined) this.#retry = parser.retry;
      for (const { type, data, lastEventId } of events) {
        if (this.#isClosed) return;
        this.#lastEventId = lastEventId;
        this.#listener.onEvent(type, { data, origin, lastEventId });
      }
      this.#lastEventId = parser.lastEventId;
    };
  }

  #lose(): void {
    if (this.#isClosed) return;
    this.#listener.onLost();
    // A listener may have closed it.
    if (this.#isClosed) return;
    this.#timer = this.#parts.clock.set(() => this.#ask(), this.#retry, false);
  }

  #fail(): void {
    this.close();
    this.#listener.onFailed();
  }
}

/** Any other answer fails the EventSource for good: also 204, with which a server stops it. */
function isEventStream({ status, fields }: FetchedHead): boolean {
  const type = fields.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return status === 200 && /^\s*text\/event-stream\s*(?:;|$)/i.test(type);
}

/** Fields are written one byte a character; an id goes as UTF-8. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
