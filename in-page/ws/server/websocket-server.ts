/** The library's `WebSocketServer`. */
import { acceptFor } from '../../../protocol/wire/handshake.ts';
import type { Buffer } from '../../node/buffer.ts';
import { EventEmitter } from '../../node/events.ts';
import type { IncomingMessage } from '../../node/http/incoming-message.ts';
import { Server } from '../../node/http/server.ts';
import { STATUS_CODES } from '../../node/http/status-codes.ts';
import type { NetSocket } from '../../node/net/net-socket.ts';
import { type NodeParts, ticker } from '../../node/node-parts.ts';
import { parse } from '../subprotocol.ts';
import type { WebSocketBase } from '../websocket.ts';
import { faultInRequest, refuseHandshake, type RequestFault } from './refuse-handshake.ts';
import {
  checkMode,
  type ClientInfo,
  serverDefaults,
  type ServerOptions,
  type ServerSettings,
  type Verified,
  type WebSocketClass,
} from './server-options.ts';

/** Takes a connection whose handshake is done. */
export type UpgradeDone = (websocket: WebSocketBase, req: IncomingMessage) => void;

/** A request for a WebSocket, on its way through the checks. */
interface Upgrade {
  req: IncomingMessage;
  socket: NetSocket;
  head: Buffer;
  protocols: Set<string>;
  done: UpgradeDone;
}

type State = 'running' | 'closing' | 'closed';

/** Sockets on which a WebSocket is. */
const taken = new WeakSet<NetSocket>();

/** A class that `createWs` gives what surrounds its program. */
export class WebSocketServerBase extends EventEmitter {
  readonly options: ServerSettings;
  /** Undefined without `clientTracking`. */
  readonly clients: Set<WebSocketBase> | undefined;
  readonly #node: NodeParts;
  readonly #WebSocket: WebSocketClass;
  #server: Server | undefined;
  #removeListeners = (): void => undefined;
  #state: State = 'running';
  #closesWithLastClient = false;

  constructor(node: NodeParts, WebSocket: WebSocketClass, given: ServerOptions = {}, onListening?: () => void) {
    super();
    this.#node = node;
    this.options = { ...serverDefaults, WebSocket, ...given };
    this.#WebSocket = this.options.WebSocket ?? WebSocket;
    checkMode(this.options);
    if (this.options.clientTracking) this.clients = new Set();
    const { port, host, server } = this.options;
    if (port != null) this.#server = this.#createServer(port, host, onListening);
    else this.#server = server ?? undefined;
    if (this.#server) this.#listenTo(this.#server);
  }

  address(): ReturnType<Server['address']> {
    if (this.options.noServer) throw new Error('The server is operating in "noServer" mode');
    return this.#server?.address() ?? null;
  }

  /** Takes no more connections; those that are open stay so. `close` comes when all have ended. */
  close(done?: (error?: Error) => void): void {
    const tick = ticker(this.#node);
    if (this.#state === 'closed') {
      if (done) this.once('close', () => done(new Error('The server is not running')));
      tick(() => this.#emitClose());
      return;
    }
    if (done) this.once('close', done);
    if (this.#state === 'closing') return;
    this.#state = 'closing';
    this.#removeListeners();
    const server = this.#server;
    this.#server = undefined;
    if (server && !this.options.server) server.close(() => this.#emitClose());
    else if (this.clients && this.clients.size > 0) this.#closesWithLastClient = true;
    else tick(() => this.#emitClose());
  }

  /** True for a request that this server answers, by its path. */
  shouldHandle({ url }: IncomingMessage): boolean {
    const { path } = this.options;
    return !path || url.split('?', 1)[0] === path;
  }

  /** Carries out the opening handshake, and calls back with the new WebSocket; or refuses the request. */
  handleUpgrade(req: IncomingMessage, socket: NetSocket, head: Buffer, done: UpgradeDone): void {
    socket.on('error', destroyIt);
    const fault = faultInRequest(req.method, req.headers);
    if (fault) this.#refuse(req, socket, fault);
    else if (!this.shouldHandle(req)) refuseHandshake(socket, 400);
    else this.#readProtocols(req, socket, head, done);
  }

  #createServer(port: number, host: string | null | undefined, onListening: (() => void) | undefined): Server {
    const server = new Server(this.#node, (_req, res) => {
      const body = STATUS_CODES[426] ?? '';
      res.writeHead(426, { 'Content-Length': body.length, 'Content-Type': 'text/plain' });
      res.end(body);
    });
    return server.listen(port, host, this.options.backlog, onListening);
  }

  #listenTo(server: Server): void {
    const listeners: [event: string, listener: (...values: never[]) => void][] = [
      ['listening', () => this.emit('listening')],
      ['error', (error: Error) => this.emit('error', error)],
      [
        'upgrade',
        (req: IncomingMessage, socket: NetSocket, head: Buffer) =>
          this.handleUpgrade(req, socket, head, (websocket, request) => this.emit('connection', websocket, request)),
      ],
    ];
    for (const [event, listener] of listeners) server.on(event, listener as () => void);
    this.#removeListeners = () => {
      for (const [event, listener] of listeners) server.removeListener(event, listener as () => void);
    };
  }

  #readProtocols(req: IncomingMessage, socket: NetSocket, head: Buffer, done: UpgradeDone): void {
    const header = req.headers['sec-websocket-protocol'];
    let protocols = new Set<string>();
    if (header !== undefined) {
      try {
        protocols = parse(String(header));
      } catch {
        this.#refuse(req, socket, { code: 400, message: 'Invalid Sec-WebSocket-Protocol header' });
        return;
      }
    }
    this.#verify({ req, socket, head, protocols, done });
  }

  #verify(upgrade: Upgrade): void {
    const { req, socket } = upgrade;
    const { verifyClient } = this.options;
    if (!verifyClient) {
      this.#complete(upgrade);
      return;
    }
    const origin = req.headers[req.headers['sec-websocket-version'] === '8' ? 'sec-websocket-origin' : 'origin'];
    const info: ClientInfo = { origin: origin as string | undefined, secure: false, req };
    if (verifyClient.length === 2) {
      (verifyClient as (info: ClientInfo, verified: Verified) => void)(info, (isVerified, code, message, headers) => {
        if (isVerified) this.#complete(upgrade);
        else refuseHandshake(socket, code || 401, message, headers);
      });
    } else if ((verifyClient as (info: ClientInfo) => boolean)(info)) this.#complete(upgrade);
    else refuseHandshake(socket, 401);
  }

  #complete({ req, socket, head, protocols, done }: Upgrade): void {
    if (!socket.readable || !socket.writable) {
      socket.destroy();
      return;
    }
    if (taken.has(socket)) {
      const why = 'server.handleUpgrade() was called more than once with the same socket, possibly due to a misconfiguration';
      throw new Error(why);
    }
    if (this.#state !== 'running') {
      refuseHandshake(socket, 503);
      return;
    }
    const websocket = new this.#WebSocket(null, undefined, this.options);
    const protocol = this.#choose(protocols, req);
    const headers = [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${acceptFor(String(req.headers['sec-websocket-key']))}`,
      ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol}`] : []),
    ];
    this.emit('headers', headers, req);
    socket.write([...headers, '', ''].join('\r\n'));
    socket.removeListener('error', destroyIt);
    taken.add(socket);
    websocket.setSocket(socket, head, protocol);
    this.#track(websocket);
    done(websocket, req);
  }

  #choose(protocols: Set<string>, req: IncomingMessage): string {
    if (protocols.size === 0) return '';
    const { handleProtocols } = this.options;
    return (handleProtocols ? handleProtocols(protocols, req) : [...protocols][0]) || '';
  }

  #track(websocket: WebSocketBase): void {
    const { clients } = this;
    if (!clients) return;
    clients.add(websocket);
    websocket.on('close', () => {
      clients.delete(websocket);
      if (this.#closesWithLastClient && clients.size === 0) ticker(this.#node)(() => this.#emitClose());
    });
  }

  #refuse(req: IncomingMessage, socket: NetSocket, { code, message, headers }: RequestFault): void {
    if (this.listenerCount('wsClientError') > 0) this.emit('wsClientError', new Error(message), socket, req);
    else refuseHandshake(socket, code, message, headers);
  }

  #emitClose(): void {
    this.#state = 'closed';
    this.emit('close');
  }
}

function destroyIt(this: NetSocket): void {
  this.destroy();
}
