/** The request of an opening handshake: Node's `http.ClientRequest`, as far as a WebSocket's program meets it. */
import { type HttpHead, parseHttpHead } from '../../../protocol/wire/handshake.ts';
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { headLength } from '../../switch/http-head.ts';
import { Buffer, bufferOf } from '../../node/buffer.ts';
import { EventEmitter } from '../../node/events.ts';
import { bodyReader } from '../../node/http/body-reader.ts';
import { IncomingMessage } from '../../node/http/incoming-message.ts';
import { NetSocket } from '../../node/net/net-socket.ts';
import { isHere } from '../../node/net/ports.ts';
import { codedError, systemError } from '../../node/net/system-error.ts';
import { type NodeParts, ticker } from '../../node/node-parts.ts';
import type { Socket } from '../../program/network.ts';
import { portOf } from './address.ts';

type Value = string | number | readonly string[];

export class ClientRequest extends EventEmitter {
  readonly method = 'GET';
  readonly path: string;
  readonly host: string;
  aborted = false;
  destroyed = false;
  writableEnded = false;
  readonly socket: NetSocket;
  readonly #parts: NodeParts;
  readonly #url: URL;
  readonly #fields = new Map<string, [name: string, value: Value]>();
  #received: Uint8Array = Buffer.alloc(0);
  #hasResponse = false;

  /** `connected` is a socket to the port of the URL. */
  constructor(url: URL, headers: Readonly<Record<string, Value>>, connected: Socket, parts: NodeParts) {
    super();
    this.#parts = parts;
    this.#url = url;
    this.path = url.pathname + url.search;
    this.host = url.hostname.replace(/^\[|\]$/g, '');
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
    if (!this.getHeader('host')) this.setHeader('Host', url.host);
    if (url.username || url.password) {
      const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
      this.setHeader('Authorization', `Basic ${Buffer.from(user).toString('base64')}`);
    }
    const remote = { remoteAddress: '127.0.0.1', remotePort: portOf(url) };
    this.socket = new NetSocket(connected, parts, { localAddress: '127.0.0.1', localPort: 0, ...remote });
    this.#listen(connected);
  }

  getHeader(name: string): Value | undefined {
    return this.#fields.get(name.toLowerCase())?.[1];
  }

  getHeaders(): Record<string, Value> {
    return Object.fromEntries([...this.#fields].map(([key, [, value]]) => [key, value]));
  }

  setHeader(name: string, value: Value): this {
    this.#fields.set(name.toLowerCase(), [name, value]);
    return this;
  }

  removeHeader(name: string): void {
    this.#fields.delete(name.toLowerCase());
  }

  /** Sends the request, unless the program gives it up before the next tick. */
  end(): this {
    if (this.writableEnded) return this;
    this.writableEnded = true;
    ticker(this.#parts)(() => this.#send());
    return this;
  }

  abort(): void {
    this.aborted = true;
    this.destroy();
  }

  destroy(error?: Error): this {
    this.destroyed = true;
    this.socket.destroy(error);
    return this;
  }

  #send(): void {
    if (this.socket.destroyed) return;
    const fields = [...this.#fields.values()].flatMap(([name, value]) =>
      (Array.isArray(value) ? (value as string[]) : [value]).map((one) => `${name}: ${String(one)}`),
    );
    const fault = this.#unreachable();
    if (fault) this.socket.destroy(fault);
    else this.socket.write([`GET ${this.path} HTTP/1.1`, ...fields, '', ''].join('\r\n'), 'latin1');
  }

  /** Returns why nothing in this run answers the address. */
  #unreachable(): Error | undefined {
    const { hostname, protocol } = this.#url;
    if (protocol === 'wss:') {
      const message = 'write EPROTO: nothing speaks TLS on the network in this page. Use ws: in place of wss:.';
      return systemError(message, 'EPROTO', 'write');
    }
    if (isHere(hostname)) return undefined;
    return systemError(`getaddrinfo ENOTFOUND ${hostname}`, 'ENOTFOUND', 'getaddrinfo', { hostname });
  }

  #listen(connected: Socket): void {
    const onData = (bytes: Uint8Array): void => {
      this.#received = concatBytes([this.#received, bytes]);
      const length = headLength(this.#received);
      if (length < 0) return;
      this.#hasResponse = true;
      this.socket.off('data', onData);
      const head = parseHttpHead(bufferOf(this.#received.subarray(0, length)).toString('latin1'));
      this.#answered(head, this.#received.subarray(length));
    };
    this.socket.on('data', onData);
    this.socket.on('error', (error) => {
      if (!this.#hasResponse) this.emit('error', error);
    });
    this.socket.on('end', () => {
      if (!this.#hasResponse) this.socket.destroy(codedError('socket hang up', 'ECONNRESET'));
    });
    this.socket.once('close', () => this.emit('close'));
    connected.onRefused = () => {
      const [address, port] = ['127.0.0.1', portOf(this.#url)];
      const message = `connect ECONNREFUSED ${address}:${port}`;
      this.socket.destroy(systemError(message, 'ECONNREFUSED', 'connect', { address, port }));
    };
  }

  #answered(head: HttpHead, rest: Uint8Array): void {
    const res = new IncomingMessage(head, this.socket, this.#parts);
    if (res.statusCode === 101) {
      const unread = this.socket.handOver();
      this.emit('upgrade', res, this.socket, Buffer.concat([rest, unread]));
      return;
    }
    const read = bodyReader(res.headers, true);
    const take = (bytes: Uint8Array): void => {
      const { data, isWhole } = read(bytes);
      res.addBody(data, isWhole);
    };
    this.emit('response', res);
    take(rest);
    this.socket.on('data', take);
    this.socket.on('end', () => {
      if (!res.complete) res.addBody([], true);
      this.socket.end();
    });
  }
}
