/** A client's TCP connection for HTTP/1.1: asks one thing after another on it, and reads the answers. */
import type { HttpHead } from '../../../protocol/wire/handshake.ts';
import { fieldValue } from '../../../protocol/wire/handshake.ts';
import type { AskedAddress, HttpSocket, OwnLink } from '../../program/network.ts';
import { HttpMessage, responseFraming, statusOf } from '../../switch/http/http-message.ts';

/** A request as it goes out. */
export interface OutgoingRequest {
  url: URL;
  method: string;
  /** Head and content. */
  bytes: Uint8Array;
  /** What it is in the trace. */
  asked: { address: AskedAddress; request: number };
  link: OwnLink;
}

/** What comes of a request. After `onEnd` or `onFailed` comes nothing. */
export interface ResponseListener {
  onHead: (head: HttpHead, status: number) => void;
  /** The bytes are the listener's own. */
  onContent: (bytes: Uint8Array<ArrayBuffer>) => void;
  onEnd: () => void;
  onFailed: () => void;
}

/** What a connection tells its pool. */
export interface ConnectionOwner {
  /** It can take another request. */
  onFree: () => void;
  /** It takes no more. */
  onGone: () => void;
  /** It ended before it heard anything of a request that it took after others: the request may go out again. */
  onUnheard: () => void;
}

interface Current {
  response: HttpMessage;
  listener: ResponseListener;
  isHeard: boolean;
}

export class ClientConnection {
  readonly #socket: HttpSocket;
  readonly #owner: ConnectionOwner;
  #current: Current | undefined;
  #asked = 0;
  /** True where the response says that no other follows on the connection (RFC 9112 §9.3). */
  #isLast = false;
  #isGone = false;

  constructor(socket: HttpSocket, owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
    socket.onData = (bytes) => this.#take(bytes);
    socket.onEnd = () => this.#ended();
    socket.onClose = () => this.#gone();
  }

  ask({ method, bytes, asked, link }: OutgoingRequest, listener: ResponseListener): void {
    this.#asked++;
    const response = new HttpMessage((head) => responseFraming(head, method));
    this.#current = { response, listener, isHeard: false };
    this.#socket.asks(asked.address, asked.request, link);
    this.#socket.write(bytes);
  }

  /** Gives up what was asked, and with it the connection, as HTTP/1.1 has no other way. */
  abort(): void {
    this.#current = undefined;
    this.#socket.destroy();
    this.#gone();
  }

  #take(bytes: Uint8Array): void {
    for (let rest = bytes; rest.length > 0;) {
      const current = this.#current;
      if (!current) return;
      current.isHeard = true;
      const { head, content, isWhole, rest: next } = current.response.take(rest);
      rest = next;
      if (head) this.#judge(head, current.listener);
      for (const part of content) if (this.#current === current) current.listener.onContent(part.slice());
      if (this.#current !== current) return;
      if (current.response.isBroken) this.#fail();
      else if (isWhole) this.#answered();
    }
  }

  #judge(head: HttpHead, listener: ResponseListener): void {
    const status = statusOf(head);
    if (status === 0) this.#fail();
    // 1xx says that the answer is still to come (RFC 9110 §15.2).
    if (status < 200) return;
    const connection = (fieldValue(head, 'Connection') ?? '').toLowerCase();
    this.#isLast = /\bclose\b/.test(connection) || (/^HTTP\/1\.0/.test(head.startLine) && !/\bkeep-alive\b/.test(connection));
    listener.onHead(head, status);
  }

  #answered(): void {
    const current = this.#current;
    this.#current = undefined;
    current?.listener.onEnd();
    if (!this.#isLast) this.#owner.onFree();
    else {
      this.#socket.end();
      this.#gone();
    }
  }

  /** The server writes no more: this ends an answer of unknown length, and cuts any other off. */
  #ended(): void {
    this.#socket.end();
    if (this.#current?.response.endsWithStream) {
      this.#isLast = true;
      this.#answered();
    } else this.#gone();
  }

  #fail(): void {
    this.#socket.destroy();
    this.#gone();
  }

  #gone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    const current = this.#current;
    this.#current = undefined;
    this.#owner.onGone();
    if (current && !current.isHeard && this.#asked > 1) this.#owner.onUnheard();
    else current?.listener.onFailed();
  }
}
