/** `EventSource` as browsers have it, on the in-page network (HTML §9.2). */
import { EventHandlers } from '../event-handlers.ts';
import { ExchangeSightings } from '../http/exchange-sightings.ts';
import { httpClientOf, type HttpParts } from '../http/http-client.ts';
import { ledBy } from '../parts.ts';
import { shapeAs } from '../web-idl.ts';
import { EventStream } from './event-stream.ts';

/** HTML §9.2.2. */
const states = { CONNECTING: 0, OPEN: 1, CLOSED: 2 } as const;

/**
 * Returns the class `EventSource` of a program. It is true to the standard but for this: `isTrusted` of its events is false, since
 * a script makes them; `https` is carried like `http`, without TLS; and no cookies are sent.
 */
export function createEventSource(parts: HttpParts): typeof globalThis.EventSource {
  const { base } = parts;
  const client = httpClientOf(parts);
  const { CONNECTING, OPEN, CLOSED } = states;

  const InPageEventSource = class EventSource extends EventTarget {
    readonly #url: URL;
    readonly #withCredentials: boolean;
    readonly #sightings: ExchangeSightings;
    readonly #stream: EventStream;
    readonly #handlers = new EventHandlers(this);
    /** Names that somebody has listened for: the trace tells of events that reached somebody, as on the live network. */
    readonly #heard = new Set(['message']);
    #readyState: number = CONNECTING;

    /** Begins to connect. Throws a SyntaxError DOMException for an address that is none. */
    constructor(...given: [url?: string | URL, init?: EventSourceInit]) {
      super();
      if (given.length === 0) {
        throw new TypeError("Failed to construct 'EventSource': 1 argument required, but only 0 present.");
      }
      const address = `${given[0]}`.toWellFormed();
      const led = ledBy(parts, address, 'EventSource');
      if (!URL.canParse(led, base)) {
        const why = `Cannot open an EventSource to '${address}'. The URL is invalid.`;
        throw new DOMException(`Failed to construct 'EventSource': ${why}`, 'SyntaxError');
      }
      this.#url = new URL(led, base);
      this.#withCredentials = Boolean(given[1]?.withCredentials);
      const asked = client.askAlone();
      this.#sightings = new ExchangeSightings(asked);
      this.#sightings.started('GET', address, 'EventSource');
      this.#stream = new EventStream(
        parts,
        client,
        { url: this.#url, withCredentials: this.#withCredentials, asked },
        {
          onOpen: () => this.#opened(),
          onEvent: (type, init) => this.#received(type, init),
          onLost: () => this.#lost(),
          onFailed: () => this.#failed(),
        },
      );
    }

    get url(): string {
      return this.#url.href;
    }

    get withCredentials(): boolean {
      return this.#withCredentials;
    }

    get readyState(): number {
      return this.#readyState;
    }

    get onopen(): object | null {
      return this.#handlers.get('open');
    }
    set onopen(handler: unknown) {
      this.#handlers.set('open', handler);
    }
    get onmessage(): object | null {
      return this.#handlers.get('message');
    }
    set onmessage(handler: unknown) {
      this.#handlers.set('message', handler);
    }
    get onerror(): object | null {
      return this.#handlers.get('error');
    }
    set onerror(handler: unknown) {
      this.#handlers.set('error', handler);
    }

    override addEventListener(...given: Parameters<EventTarget['addEventListener']>): void {
      if (given.length > 1) this.#heard.add(`${given[0]}`);
      super.addEventListener(...given);
    }

    close(): void {
      this.#readyState = CLOSED;
      this.#stream.close();
      this.#sightings.aborted('The program closed the EventSource.');
    }

    #opened(): void {
      this.#readyState = OPEN;
      this.#sightings.headCame(200);
      this.dispatchEvent(new Event('open'));
    }

    #received(type: string, init: MessageEventInit<string> & { data: string; lastEventId: string }): void {
      const isHeard = this.#heard.has(type) && type !== 'open' && type !== 'error';
      if (isHeard) this.#sightings.event(type, init.lastEventId, new TextEncoder().encode(init.data).length);
      this.dispatchEvent(new MessageEvent(type, init));
    }

    #lost(): void {
      this.#readyState = CONNECTING;
      this.#sightings.reconnecting();
      this.dispatchEvent(new Event('error'));
    }

    #failed(): void {
      this.#readyState = CLOSED;
      this.#sightings.failed('The EventSource failed, and will not ask again.');
      this.dispatchEvent(new Event('error'));
    }
  };
  const shape = { name: 'EventSource', constants: states, needed: { constructor: 1 }, inherited: ['addEventListener'] };
  return shapeAs(InPageEventSource, shape) as unknown as typeof globalThis.EventSource;
}
