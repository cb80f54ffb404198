/** Node's `http.Server` on the in-page network. */
import type { Buffer } from '../buffer.ts';
import { EventEmitter } from '../events.ts';
import { NetSocket } from '../net/net-socket.ts';
import { addressOf, clientAddress, listenOn } from '../net/ports.ts';
import { codedError } from '../net/system-error.ts';
import { type NodeParts, ticker } from '../node-parts.ts';
import type { Listener, Socket } from '../../program/network.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { ServerConnection } from './server-connection.ts';
import type { ServerResponse } from './server-response.ts';

export type RequestListener = (req: IncomingMessage, res: ServerResponse) => void;

/** What `listen` takes as an object. */
export interface ListenOptions {
  port?: number | undefined;
  host?: string | undefined;
}

type Done = (error?: Error) => void;

/** Ports of clients, as servers see them, begin here. */
const firstClientPort = 40_000;

export class Server extends EventEmitter {
  readonly #parts: NodeParts;
  readonly #connections = new Map<NetSocket, ServerConnection>();
  #listener: Listener | undefined;
  #address: { address: string; family: string; port: number } | undefined;
  #clients = 0;

  constructor(parts: NodeParts, onRequest?: RequestListener) {
    super();
    this.#parts = parts;
    if (onRequest) this.on('request', onRequest);
  }

  get listening(): boolean {
    return this.#listener !== undefined;
  }

  /** Takes a port, or 0 for a free one, and perhaps a host, a backlog (not used) and a listener; or an object, and a listener. */
  listen(...given: (number | string | ListenOptions | (() => void) | null | undefined)[]): this {
    if (this.#listener) {
      throw codedError('Listen method has been called more than once without closing.', 'ERR_SERVER_ALREADY_LISTEN');
    }
    const options = given.find((value) => typeof value === 'object' && value !== null) as ListenOptions | undefined;
    const onListening = given.find((value) => typeof value === 'function') as (() => void) | undefined;
    const port = Number(options?.port ?? (typeof given[0] === 'object' || typeof given[0] === 'function' ? 0 : (given[0] ?? 0)));
    const host = options?.host ?? given.slice(1).find((value) => typeof value === 'string');
    if (onListening) this.once('listening', onListening);
    this.#bind(port, addressOf(host as string | undefined));
    return this;
  }

  address(): { address: string; family: string; port: number } | null {
    return this.#address ?? null;
  }

  /** Takes no more connections. `close` comes when all that there are have ended. */
  close(done?: Done): this {
    if (!this.#listener) {
      const error = codedError('Server is not running.', 'ERR_SERVER_NOT_RUNNING');
      if (done) this.once('close', () => done(error));
      ticker(this.#parts)(() => this.emit('close'));
      return this;
    }
    if (done) this.once('close', done);
    this.#listener.close();
    this.#listener = undefined;
    this.#address = undefined;
    this.closeIdleConnections();
    this.#emitCloseIfDone();
    return this;
  }

  closeIdleConnections(): void {
    for (const [socket, connection] of this.#connections) if (connection.isIdle) socket.destroy();
  }

  closeAllConnections(): void {
    for (const socket of this.#connections.keys()) socket.destroy();
  }

  getConnections(done: (error: Error | null, count: number) => void): this {
    ticker(this.#parts)(() => done(null, this.#connections.size + this.#upgraded.size));
    return this;
  }

  /** A run ends when nothing can happen any more, whatever holds a reference. */
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  /** Sockets that another protocol has taken over; they still count as connections. */
  readonly #upgraded = new Set<NetSocket>();

  #bind(port: number, address: string): void {
    const tick = ticker(this.#parts);
    try {
      const bound = listenOn(this.#parts.network, port, address, (socket) => this.#accept(socket));
      this.#listener = bound.listener;
      this.#address = { address, family: address.includes(':') ? 'IPv6' : 'IPv4', port: bound.port };
      tick(() => {
        if (this.#listener) this.emit('listening');
      });
    } catch (error) {
      tick(() => this.emit('error', error));
    }
  }

  #accept(connected: Socket): void {
    const { address, port } = this.#address ?? { address: '::', port: 0 };
    const client = clientAddress(address);
    const socket = new NetSocket(connected, this.#parts, {
      localAddress: client,
      localPort: port,
      remoteAddress: client,
      remotePort: firstClientPort + this.#clients++,
    });
    this.#connections.set(
      socket,
      new ServerConnection(socket, this.#parts, {
        takesUpgrades: () => this.listenerCount('upgrade') > 0,
        onRequest: (req, res) => void this.emit('request', req, res),
        onUpgrade: (req, head) => this.#upgrade(req, socket, head),
      }),
    );
    socket.whenDestroyed(() => {
      this.#connections.delete(socket);
      this.#upgraded.delete(socket);
      this.#emitCloseIfDone();
    });
    this.emit('connection', socket);
  }

  #upgrade(req: IncomingMessage, socket: NetSocket, head: Buffer): void {
    this.#connections.delete(socket);
    this.#upgraded.add(socket);
    this.emit('upgrade', req, socket, head);
  }

  #emitCloseIfDone(): void {
    if (this.#listener || this.#connections.size + this.#upgraded.size > 0) return;
    ticker(this.#parts)(() => this.emit('close'));
  }
}
