/** A connection whose client has not said yet what it carries: its first head tells, a WebSocket or HTTP exchanges. */
import { concatBytes } from '../../protocol/collections/concat-bytes.ts';
import { headLength } from './http-head.ts';
import { HttpConnection, type HttpConnectionParts } from './http/http-connection.ts';
import { asksForWebSocket } from './stream-units.ts';
import { type ConnectionParts, type End, SwitchedConnection } from './switched-connection.ts';

/** What carries the connection. */
type Carrier = Pick<SwitchedConnection, 'write' | 'end' | 'destroy' | 'advance' | 'nextTime' | 'isGone' | 'conditionsChanged'>;

export class OpenedConnection implements Carrier {
  readonly #http: HttpConnectionParts;
  #carrier: Carrier;
  /** What the client has written of its first head; undefined once that is whole. */
  #opening: Uint8Array | undefined = new Uint8Array(0);

  constructor(webSocket: ConnectionParts, http: HttpConnectionParts) {
    this.#http = http;
    this.#carrier = new SwitchedConnection(webSocket);
  }

  get nextTime(): number | undefined {
    return this.#carrier.nextTime;
  }

  get isGone(): boolean {
    return this.#carrier.isGone;
  }

  write(from: End, bytes: Uint8Array): void {
    if (from === 'server' || !this.#opening) {
      this.#carrier.write(from, bytes);
      return;
    }
    const written = concatBytes([this.#opening, bytes]);
    const length = headLength(written);
    this.#opening = length < 0 ? written : undefined;
    if (length < 0) return;
    const isHttp = !asksForWebSocket(new TextDecoder().decode(written.subarray(0, length)));
    if (isHttp && !this.isGone) this.#carrier = new HttpConnection(this.#http);
    this.#carrier.write(from, written);
  }

  end(from: End): void {
    this.#stopOpening(from);
    this.#carrier.end(from);
  }

  destroy(from: End): void {
    this.#stopOpening(from);
    this.#carrier.destroy(from);
  }

  advance(): void {
    this.#carrier.advance();
  }

  conditionsChanged(): void {
    this.#carrier.conditionsChanged();
  }

  /** A client that writes no more says no more what the connection carries. */
  #stopOpening(from: End): void {
    if (from === 'client') this.#opening = undefined;
  }
}
