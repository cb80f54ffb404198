/** `WebSocket` as browsers have it, on the in-page network (WHATWG WebSockets, https://websockets.spec.whatwg.org). */
import { askedProtocols, portOf, webSocketUrl } from './address.ts';
import { BufferedAmount } from './buffered-amount.ts';
import { closeArguments } from './close-arguments.ts';
import { ClientConnection, type Closure } from './connection.ts';
import { EventHandlers } from './event-handlers.ts';
import { keyOf } from './opening-handshake.ts';
import { ledBy, type WebSocketParts } from './parts.ts';
import { SeenAtApi } from './seen-at-api.ts';
import { sentData } from './sent-data.ts';
import { shapeAsInBrowsers, states } from './web-idl.ts';

const tooFew = (doing: string): TypeError =>
  new TypeError(`Failed to ${doing} 'WebSocket': 1 argument required, but only 0 present.`);

/**
 * Returns the class `WebSocket` of a program. It is true to the standard but for this: `isTrusted` of its events is false, since
 * a script makes them; `wss` is carried like `ws`, without TLS; no extension is offered; and an answer that never comes is waited
 * for until the run ends.
 */
export function createWebSocket(parts: WebSocketParts): typeof globalThis.WebSocket {
  const { network, clock, random, base, linkOf } = parts;
  const { CONNECTING, OPEN, CLOSING, CLOSED } = states;

  const InPageWebSocket = class WebSocket extends EventTarget {
    readonly #url: URL;
    readonly #connection: ClientConnection;
    readonly #buffered = new BufferedAmount(clock);
    readonly #seen: SeenAtApi;
    readonly #handlers = new EventHandlers(this);
    #readyState: number = CONNECTING;
    #protocol = '';
    #binaryType: BinaryType = 'blob';

    /** Begins to connect (§3.1). Throws a SyntaxError DOMException for an address or protocols that cannot be used. */
    constructor(...given: [url?: string | URL, protocols?: string | string[]]) {
      super();
      if (given.length === 0) throw tooFew('construct');
      const address = `${given[0]}`.toWellFormed();
      this.#url = webSocketUrl(ledBy(parts, address, 'WebSocket'), base);
      const protocols = askedProtocols(given[1]);
      const socket = network.connect(portOf(this.#url), linkOf?.(this.#url));
      this.#seen = new SeenAtApi(socket, clock, this.#buffered);
      this.#seen.started(address);
      const asked = { url: this.#url, protocols, origin: new URL(base).origin, key: keyOf(random(16)) };
      this.#connection = new ClientConnection(socket, asked, parts, {
        onOpen: (protocol) => this.#opened(protocol),
        onMessage: (message) => this.#received(message),
        onClosing: () => (this.#readyState = CLOSING),
        onTaken: (bytes) => this.#buffered.take(bytes),
        onClosed: (closure) => this.#closed(closure),
      });
    }

    get url(): string {
      return this.#url.href;
    }

    get readyState(): number {
      return this.#readyState;
    }

    /** Bytes sent in this task, being read from a Blob, or sent too late; see `BufferedAmount`. */
    get bufferedAmount(): number {
      return this.#buffered.bytes;
    }

    /** Always empty: none is offered. */
    get extensions(): string {
      return '';
    }

    get protocol(): string {
      return this.#protocol;
    }

    get binaryType(): BinaryType {
      return this.#binaryType;
    }

    /** Ignores what is no BinaryType, as WebIDL does for an enumeration. */
    set binaryType(type: BinaryType) {
      const given = `${type}`;
      if (given === 'blob' || given === 'arraybuffer') this.#binaryType = given;
    }

    get onopen(): object | null {
      return this.#handlers.get('open');
    }
    set onopen(handler: unknown) {
      this.#handlers.set('open', handler);
    }
    get onerror(): object | null {
      return this.#handlers.get('error');
    }
    set onerror(handler: unknown) {
      this.#handlers.set('error', handler);
    }
    get onclose(): object | null {
      return this.#handlers.get('close');
    }
    set onclose(handler: unknown) {
      this.#handlers.set('close', handler);
    }
    get onmessage(): object | null {
      return this.#handlers.get('message');
    }
    set onmessage(handler: unknown) {
      this.#handlers.set('message', handler);
    }

    /** Sends a message (§3.1). Throws an InvalidStateError DOMException before the connection is open. */
    send(...given: [data?: string | BufferSource | Blob]): void {
      if (given.length === 0) throw tooFew("execute 'send' on");
      const data = sentData(given[0]);
      if (this.#readyState === CONNECTING) {
        throw new DOMException("Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.", 'InvalidStateError');
      }
      this.#buffered.add(data.length);
      if (this.#readyState !== OPEN) {
        this.#seen.discarded();
        return;
      }
      this.#seen.sent(data);
      this.#connection.send(data);
    }

    /**
     * Closes the connection (§3.1). Throws an InvalidAccessError DOMException for a code other than 1000 and 3000 to 4999, and a
     * SyntaxError DOMException for a reason of more than 123 bytes in UTF-8.
     */
    close(code?: number, reason?: string): void {
      const given = closeArguments(code, reason);
      this.#seen.closeCalled(given);
      const before = this.#readyState;
      if (before === CLOSING || before === CLOSED) return;
      this.#readyState = CLOSING;
      if (before === OPEN) this.#connection.close(given);
      else this.#connection.fail();
    }

    #opened(protocol: string): void {
      this.#readyState = OPEN;
      this.#protocol = protocol;
      this.#seen.opened();
      this.dispatchEvent(new Event('open'));
    }

    #received(message: string | Uint8Array): void {
      if (this.#readyState !== OPEN) return;
      this.#seen.received(message);
      this.dispatchEvent(new MessageEvent('message', { data: this.#dataOf(message), origin: this.#url.origin }));
    }

    #dataOf(message: string | Uint8Array): string | ArrayBuffer | Blob {
      if (typeof message === 'string') return message;
      const bytes = message.slice();
      return this.#binaryType === 'blob' ? new Blob([bytes]) : bytes.buffer;
    }

    #closed(closure: Closure): void {
      this.#readyState = CLOSED;
      const { code, reason, wasClean } = closure;
      this.#seen.closed(closure);
      if (closure.hasFailed) this.dispatchEvent(new Event('error'));
      this.dispatchEvent(new CloseEvent('close', { code, reason, wasClean }));
    }
  };
  return shapeAsInBrowsers(InPageWebSocket) as unknown as typeof globalThis.WebSocket;
}
