import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { asciiBytes, toBase64 } from '../../../protocol/wire/handshake.ts';
import type { NodeParts } from '../../node/node-parts.ts';
import type { Socket } from '../../program/network.ts';
import { headLength } from '../../switch/http-head.ts';

export interface LoopbackClientOptions {
  port: number;
  path?: string;
  /** Fields that come before those of the handshake. */
  headers?: Readonly<Record<string, string>>;
  /** The server answered the handshake with this status. */
  answered: (status: number) => void;
  /** The connection is gone, or there was none. Called once, and last. */
  closed: () => void;
}

/** A WebSocket client that opens a connection and says nothing on it (RFC 6455 §4.1). */
export class LoopbackClient {
  readonly #socket: Socket;
  #answer: Uint8Array | undefined = new Uint8Array(0);

  /** `parts.network` is a loopback network. */
  constructor({ network, random }: NodeParts, options: LoopbackClientOptions) {
    const { port, path = '/', headers = { Host: `127.0.0.1:${port}` }, answered, closed } = options;
    this.#socket = network.connect(port);
    this.#socket.onData = (bytes) => {
      const status = this.#statusIn(bytes);
      if (status !== undefined) answered(status);
    };
    this.#socket.onEnd = () => this.#socket.end();
    this.#socket.onClose = closed;
    const fields = {
      ...headers,
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': toBase64(random(16)),
      Connection: 'Upgrade',
      Upgrade: 'websocket',
    };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
    this.#socket.write(asciiBytes([`GET ${path} HTTP/1.1`, ...lines, '\r\n'].join('\r\n')));
  }

  terminate(): void {
    this.#socket.destroy();
  }

  /** Returns the status once the answer is whole; undefined before and after. */
  #statusIn(bytes: Uint8Array): number | undefined {
    if (!this.#answer) return undefined;
    const answer = concatBytes([this.#answer, bytes]);
    const isWhole = headLength(answer) >= 0;
    this.#answer = isWhole ? undefined : answer;
    return isWhole ? Number(new TextDecoder().decode(answer.subarray(9, 12))) : undefined;
  }
}
