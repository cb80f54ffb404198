/** The second connections of `/raw`: the server opens them to itself over the switch, where they are in the trace like any client's. */
import { asciiBytes, toBase64 } from '../../protocol/wire/handshake.ts';
import { concatBytes } from '../../protocol/collections/concat-bytes.ts';
import type { SecondConnection } from '../../sandbox-server/endpoints/endpoint.ts';
import type { OpenRawConnection, RawConnection, RawConnectionListener } from '../../sandbox-server/endpoints/raw.ts';
import type { NodeParts } from '../node/node-parts.ts';
import type { Socket } from '../program/network.ts';
import type { Seen } from '../switch/peer.ts';
import { headLength } from '../switch/http-head.ts';
import { linkInAddress } from './link-in-address.ts';

export class RawConnections {
  readonly #parts: NodeParts;
  readonly #port: number;
  /** Connected, and not taken by a line yet. */
  #connected: Socket | undefined;

  constructor(parts: NodeParts, port: number) {
    this.#parts = parts;
    this.#port = port;
  }

  /** Connects for the line that is opened next, and tells the trace what its client does. */
  readonly beside = (address: string): SecondConnection => {
    const socket = this.#connect(address);
    this.#connected = socket;
    return { prefix: '', tell: (event) => socket.saw(event as Seen) };
  };

  readonly open: OpenRawConnection = (target, _holder, listener) => {
    const socket = this.#connected ?? this.#connect(target);
    this.#connected = undefined;
    return new RawLine(socket, requestFor(target, toBase64(this.#parts.random(16))), listener);
  };

  #connect(target: string): Socket {
    return this.#parts.network.connect(this.#port, linkInAddress(new URL(target, 'http://raw.sandbox')));
  }
}

class RawLine implements RawConnection {
  readonly #socket: Socket;
  readonly #listener: RawConnectionListener;
  /** The answer to the handshake so far; undefined once it is whole. */
  #answer: Uint8Array | undefined = new Uint8Array(0);
  /** What waits for that answer, because nothing may be sent before it (RFC 6455 §4.1). */
  readonly #early: (() => void)[] = [];
  #hasEnded = false;
  /** The network takes all bytes at once. */
  readonly waiting = 0;

  constructor(socket: Socket, request: string, listener: RawConnectionListener) {
    this.#socket = socket;
    this.#listener = listener;
    socket.onData = (bytes) => this.#received(bytes);
    socket.onEnd = () => this.#ended();
    socket.onClose = () => this.#ended();
    socket.write(asciiBytes(request));
  }

  write(bytes: Uint8Array): void {
    this.#afterAnswer(() => this.#socket.write(bytes.slice()));
  }

  end(): void {
    this.#afterAnswer(() => this.#socket.end());
  }

  destroy(): void {
    this.#hasEnded = true;
    this.#socket.destroy();
  }

  #afterAnswer(act: () => void): void {
    if (this.#answer) this.#early.push(act);
    else act();
  }

  #received(bytes: Uint8Array): void {
    if (!this.#answer) {
      this.#listener.received(bytes);
      return;
    }
    const answer = concatBytes([this.#answer, bytes]);
    this.#answer = answer;
    const length = headLength(answer);
    if (length < 0) return;
    const status = Number(new TextDecoder().decode(answer.subarray(9, 12)));
    if (status !== 101) {
      this.#ended(status);
      return;
    }
    this.#answer = undefined;
    this.#listener.opened();
    for (const act of this.#early.splice(0)) act();
    if (length < answer.length) this.#listener.received(answer.subarray(length));
  }

  #ended(refusedWith?: number): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#socket.end();
    this.#listener.ended(refusedWith);
  }
}

const requestFor = (target: string, key: string): string =>
  [
    `GET ${target} HTTP/1.1`,
    'Host: raw.sandbox',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n');
