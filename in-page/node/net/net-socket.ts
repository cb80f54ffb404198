/**
 * Node's `net.Socket` on a socket of the in-page network, as far as servers and the `ws` library use it: it says `end`, `finish`,
 * `error` and `close` in Node's order.
 */
import type { Socket } from '../../program/network.ts';
import { Buffer } from '../buffer.ts';
import { type NodeParts, ticker } from '../node-parts.ts';
import { ReadableBytes } from '../readable-bytes.ts';
import { codedError } from './system-error.ts';

/** Addresses of the two ends, as Node names them. */
export interface SocketAddresses {
  localAddress: string;
  localPort: number;
  remoteAddress: string;
  remotePort: number;
}

/** What a stream takes to write. */
export type Written = string | Uint8Array;
type Done = (error?: Error) => void;

/** Returns what is written as bytes that nobody changes afterwards. */
export function toBytes(data: Written, encoding?: BufferEncoding): Buffer {
  return typeof data === 'string' ? Buffer.from(data, encoding) : Buffer.from(data);
}

export class NetSocket extends ReadableBytes {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly #socket: Socket;
  readonly #later: (callback: () => void) => void;
  #hasEnded = false;
  #isFinished = false;
  #error: Error | undefined;
  #onDestroyed: (() => void) | undefined;
  bytesRead = 0;
  bytesWritten = 0;
  /** The network takes all bytes at once, so that none wait here. */
  readonly writableLength = 0;

  constructor(socket: Socket, parts: NodeParts, addresses: SocketAddresses) {
    const tick = ticker(parts);
    super(tick);
    this.#later = tick;
    this.#socket = socket;
    this.localAddress = addresses.localAddress;
    this.localPort = addresses.localPort;
    this.remoteAddress = addresses.remoteAddress;
    this.remotePort = addresses.remotePort;
    socket.onData = (bytes) => this.#arrived(bytes);
    socket.onEnd = () => this.pushEnd();
    socket.onClose = () => this.#closed();
  }

  get remoteFamily(): string {
    return this.remoteAddress.includes(':') ? 'IPv6' : 'IPv4';
  }

  get writable(): boolean {
    return !this.destroyed && !this.#hasEnded;
  }

  get writableEnded(): boolean {
    return this.#hasEnded;
  }

  get readyState(): string {
    if (this.readable && this.writable) return 'open';
    return this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed';
  }

  address(): { address: string; family: string; port: number } {
    const family = this.localAddress.includes(':') ? 'IPv6' : 'IPv4';
    return { address: this.localAddress, family, port: this.localPort };
  }

  /** Returns false where it could not write: the error goes to `done` and, before the socket is destroyed, to `error`. */
  write(data: Written, encoding?: BufferEncoding | Done, done?: Done): boolean {
    const callback = typeof encoding === 'function' ? encoding : done;
    const fault = this.#writeFault();
    if (!fault) {
      const bytes = toBytes(data, typeof encoding === 'string' ? encoding : undefined);
      this.bytesWritten += bytes.length;
      if (bytes.length > 0) this.#socket.write(bytes);
    } else if (!this.destroyed) this.destroy(fault);
    if (callback) this.#later(() => callback(fault));
    return !fault;
  }

  end(data?: Written, done?: Done): this {
    if (this.#hasEnded || this.destroyed) return this;
    if (data !== undefined && data.length > 0) this.write(data);
    this.#hasEnded = true;
    this.#socket.end();
    if (done) this.once('finish', done);
    this.#later(() => {
      if (this.destroyed) return;
      this.#isFinished = true;
      this.emit('finish');
      this.#destroyIfDone();
    });
    return this;
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.#error = error;
    this.#socket.destroy();
    this.#markDestroyed();
    return this;
  }

  /** Calls back when nothing more is done with the socket, which is before `close`. */
  whenDestroyed(callback: () => void): void {
    this.#onDestroyed = callback;
  }

  /** Gives the stream up to another protocol. Returns what has come of that and nobody has read. */
  handOver(): Buffer {
    return Buffer.concat(this.takeBack());
  }

  /** Nothing is held back, since the network takes all bytes at once. */
  cork(): void {}
  uncork(): void {}
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }

  /** Idle sockets are not timed, so that no `timeout` comes. */
  setTimeout(): this {
    return this;
  }

  /** A run ends when nothing can happen any more, whatever holds a reference. */
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  protected override ended(): void {
    this.#destroyIfDone();
  }

  #writeFault(): Error | undefined {
    if (this.destroyed) return codedError('Cannot call write after a stream was destroyed', 'ERR_STREAM_DESTROYED');
    return this.#hasEnded ? codedError('write after end', 'ERR_STREAM_WRITE_AFTER_END') : undefined;
  }

  #arrived(bytes: Uint8Array): void {
    if (this.destroyed) return;
    this.bytesRead += bytes.length;
    this.push(bytes);
  }

  #destroyIfDone(): void {
    if (this.#isFinished && this.readableEnded) this.destroy();
  }

  #markDestroyed(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.#onDestroyed?.();
  }

  #closed(): void {
    this.#markDestroyed();
    if (this.#error) this.emit('error', this.#error);
    this.emit('close', this.#error !== undefined);
  }
}
