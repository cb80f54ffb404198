/** One connection to an HTTP server: finds the requests in it, one after another, and what to do with each. */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { fieldValue, type HttpHead, parseHttpHead } from '../../../protocol/wire/handshake.ts';
import { headLength } from '../../switch/http-head.ts';
import { Buffer, bufferOf } from '../buffer.ts';
import type { NetSocket } from '../net/net-socket.ts';
import type { NodeParts } from '../node-parts.ts';
import { type BodyReader, bodyReader } from './body-reader.ts';
import { lists } from './headers.ts';
import { IncomingMessage } from './incoming-message.ts';
import { ServerResponse } from './server-response.ts';

/** What a connection tells its server. */
export interface ConnectionListener {
  /** True where somebody takes upgrades; a request for one is an ordinary request otherwise. */
  takesUpgrades: () => boolean;
  onRequest: (req: IncomingMessage, res: ServerResponse) => void;
  onUpgrade: (req: IncomingMessage, head: Buffer) => void;
}

/** Node closes a connection on which no further request has come for so long, ms. */
const idleLimit = 5000;

const none = new Uint8Array(0);

export class ServerConnection {
  readonly #socket: NetSocket;
  readonly #parts: NodeParts;
  readonly #listener: ConnectionListener;
  readonly #onData = (bytes: Uint8Array): void => this.#take(bytes);
  readonly #onEnd = (): void => {
    this.#hasClientEnded = true;
    if (!this.#current) this.#socket.end();
    // A request that will never be whole; a whole one is still answered.
    else if (!this.#current.isWhole) this.#socket.destroy();
  };
  #hasClientEnded = false;
  #pending: Uint8Array = none;
  /** The request whose body comes, or whose response is not finished. */
  #current: { req: IncomingMessage; res: ServerResponse; reader: BodyReader; isWhole: boolean } | undefined;
  #idleTimer: number | undefined;

  constructor(socket: NetSocket, parts: NodeParts, listener: ConnectionListener) {
    this.#socket = socket;
    this.#parts = parts;
    this.#listener = listener;
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('close', () => this.#closed());
    socket.on('error', () => undefined);
  }

  /** True between two requests. */
  get isIdle(): boolean {
    return this.#current === undefined && this.#pending.length === 0;
  }

  #take(bytes: Uint8Array): void {
    this.#pending = concatBytes([this.#pending, bytes]);
    this.#stopIdleTimer();
    if (this.#current) this.#readBody();
    else this.#readHead();
  }

  #readHead(): void {
    const length = headLength(this.#pending);
    if (length < 0) return;
    const head = parseHttpHead(bufferOf(this.#pending.subarray(0, length)).toString('latin1'));
    const rest = this.#pending.subarray(length);
    this.#pending = rest;
    const isUpgrade = fieldValue(head, 'upgrade') !== undefined && lists(fieldValue(head, 'connection'), 'upgrade');
    if (!/^[A-Z]+ \S+ HTTP\/1\.[01]$/.test(head.startLine)) this.#refuse();
    else if (isUpgrade && this.#listener.takesUpgrades()) this.#upgrade(head, rest);
    else this.#request(head);
  }

  #upgrade(head: HttpHead, rest: Uint8Array): void {
    this.#pending = none;
    this.#socket.off('data', this.#onData);
    this.#socket.off('end', this.#onEnd);
    const unread = this.#socket.handOver();
    const req = new IncomingMessage(head, this.#socket, this.#parts);
    req.addBody([], true);
    this.#listener.onUpgrade(req, Buffer.concat([rest, unread]));
  }

  #request(head: HttpHead): void {
    const req = new IncomingMessage(head, this.#socket, this.#parts);
    const keepsAlive = req.httpVersion === '1.1' && !lists(req.headers['connection'], 'close');
    const res = new ServerResponse(req, this.#parts, keepsAlive);
    this.#current = { req, res, reader: bodyReader(req.headers), isWhole: false };
    res.once('finish', () => this.#responded(res));
    // Every HTTP/1.1 request names its host (RFC 9112 §3.2).
    if (req.httpVersion === '1.1' && req.headers['host'] === undefined) res.writeHead(400, { Connection: 'close' }).end();
    else this.#listener.onRequest(req, res);
    this.#readBody();
  }

  #readBody(): void {
    const current = this.#current;
    if (!current || current.isWhole) return;
    const { data, isWhole, rest } = current.reader(this.#pending);
    this.#pending = rest;
    current.isWhole = isWhole;
    current.req.addBody(data, isWhole);
  }

  #responded(res: ServerResponse): void {
    const current = this.#current;
    this.#current = undefined;
    current?.req.emit('close');
    if (!res.keepsAlive || !current?.isWhole || this.#hasClientEnded) {
      this.#socket.end();
      return;
    }
    if (this.#pending.length > 0) this.#readHead();
    else this.#idleTimer = this.#parts.clock.set(() => this.#socket.destroy(), idleLimit, false);
  }

  #closed(): void {
    this.#stopIdleTimer();
    const { req, res } = this.#current ?? {};
    req?.emit('close');
    if (res && !res.writableFinished) res.emit('close');
  }

  #refuse(): void {
    this.#pending = none;
    this.#socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  }

  #stopIdleTimer(): void {
    this.#parts.clock.clear(this.#idleTimer);
  }
}
