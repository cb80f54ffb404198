import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Frame, FrameParser } from '../../protocol/wire/frame.ts';
import { fieldValue, type HttpHead, parseHttpHead } from '../../protocol/wire/handshake.ts';
import type { Chop } from './case.ts';

/** Returns a request that any RFC 6455 server accepts, with the key of §1.3. `fields` replaces fields; undefined removes one. */
export const handshakeRequest = (target: string, fields: Readonly<Record<string, string | undefined>> = {}): string => {
  const all = {
    Host: 'localhost',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\r\n`]));
  return `GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
};

/** A client on a bare TCP socket. It sends whatever it is told to, and records what comes back. */
export class RawClient {
  readonly frames: Frame[] = [];
  /** The answer to the handshake. */
  head: HttpHead | undefined;
  /** True once the server has ended its direction, or the socket has closed. */
  ended = false;
  /** True if the connection was reset: bytes may be lost. */
  reset = false;
  readonly #socket: Socket;
  readonly #parser = new FrameParser();
  #text = Buffer.alloc(0);
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay();
    socket.on('data', (chunk: Buffer) => this.#received(chunk));
    socket.on('end', () => this.#end());
    socket.on('close', () => this.#end());
    socket.on('error', () => (this.reset = true));
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  get status(): number {
    return Number(this.head?.startLine.split(' ')[1] ?? 0);
  }

  field(name: string): string | undefined {
    return this.head && fieldValue(this.head, name);
  }

  /** Writes the pieces, cut as `chop` says. Each write gets its own turn of the event loop. */
  async send(pieces: readonly Uint8Array[], chop: Chop): Promise<void> {
    const writes = chop === 'frames' ? pieces : cut(Buffer.concat(pieces), chop);
    for (const [i, write] of writes.entries()) {
      if (this.#socket.destroyed) return;
      this.#socket.write(write);
      if (i < writes.length - 1) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Waits until `holds` or nothing more can come. Returns false if neither happens within `most` ms. */
  async until(holds: () => boolean, most: number): Promise<boolean> {
    const deadline = Date.now() + most;
    while (!holds() && !this.ended) {
      const left = deadline - Date.now();
      if (left <= 0) return false;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
    }
    return true;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #received(chunk: Buffer): void {
    let rest = chunk;
    if (!this.head) {
      this.#text = Buffer.concat([this.#text, chunk]);
      const end = this.#text.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.head = parseHttpHead(this.#text.toString('latin1'));
      rest = this.#text.subarray(end + 4);
    }
    if (this.status === 101) this.frames.push(...this.#parser.push(rest));
    this.#wake?.();
  }

  #end(): void {
    this.ended = true;
    this.#wake?.();
  }
}

function cut(bytes: Buffer, chop: 'whole' | number): Buffer[] {
  if (chop === 'whole') return [bytes];
  return Array.from({ length: Math.ceil(bytes.length / chop) }, (_, i) => bytes.subarray(i * chop, (i + 1) * chop));
}
