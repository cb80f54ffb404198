/** A client's opening handshake, judged and refused as the `ws` library does (RFC 6455 §4.1). */
import { acceptFor, toBase64 } from '../../../protocol/wire/handshake.ts';
import type { Buffer } from '../../node/buffer.ts';
import type { EventEmitter } from '../../node/events.ts';
import type { IncomingMessage } from '../../node/http/incoming-message.ts';
import type { NetSocket } from '../../node/net/net-socket.ts';
import { type NodeParts, ticker } from '../../node/node-parts.ts';
import type { Socket } from '../../program/network.ts';
import { CONNECTING } from '../constants.ts';
import { isToken } from '../subprotocol.ts';
import { parseAddress, portOf } from './address.ts';
import type { ClientSettings } from './client-options.ts';
import { ClientRequest } from './client-request.ts';

/** The WebSocket that is to open. */
export interface OpeningHost {
  readonly websocket: EventEmitter;
  readonly readyState: number;
  /** A connection was begun: its socket, and where it leads. */
  connecting: (url: URL, connected: Socket) => void;
  opened: (socket: NetSocket, head: Buffer, protocol: string) => void;
  /** Counts as closing from now on. */
  givenUp: () => void;
  failed: (error: Error) => void;
  emitClose: () => void;
}

/** Returns the client's subprotocols. Throws a SyntaxError for those that no header can name. */
function distinct(protocols: readonly string[]): Set<string> {
  const known = new Set<string>();
  for (const protocol of protocols) {
    if (!isToken(protocol) || known.has(protocol)) throw new SyntaxError('An invalid or duplicated subprotocol was specified');
    known.add(protocol);
  }
  return known;
}

export class Opening {
  readonly #host: OpeningHost;
  readonly #parts: NodeParts;
  readonly #settings: ClientSettings;
  readonly #protocols: Set<string>;
  #url: URL;
  #key = '';
  #request: ClientRequest | undefined;
  #redirects = 0;
  #dropsSecrets = false;
  #timer: number | undefined;

  /** Throws for an address or subprotocols that cannot be asked for. */
  constructor(host: OpeningHost, address: string | URL, settings: ClientSettings, parts: NodeParts) {
    this.#host = host;
    this.#parts = parts;
    this.#settings = settings;
    this.#url = parseAddress(address);
    this.#protocols = distinct(settings.protocols);
    this.#ask();
  }

  /** Gives the handshake up, as `close` and `terminate` do. */
  abort(message: string): void {
    const request = this.#request;
    this.#end();
    this.#host.givenUp();
    request?.abort();
    const error = new Error(message);
    ticker(this.#parts)(() => this.#host.failed(error));
  }

  #ask(): void {
    const { handshakeTimeout, finishRequest } = this.#settings;
    const { network, clock, random } = this.#parts;
    this.#key = toBase64(random(16));
    const connected = network.connect(portOf(this.#url));
    const request = new ClientRequest(this.#url, this.#headers(), connected, this.#parts);
    this.#request = request;
    this.#host.connecting(this.#url, connected);
    if (this.#redirects > 0) this.#host.websocket.emit('redirect', this.#url.href, request);
    if (handshakeTimeout) {
      this.#timer = clock.set(() => this.abort('Opening handshake has timed out'), handshakeTimeout, false);
    }
    request.on('error', (error: Error) => {
      if (request !== this.#request) return;
      this.#end();
      this.#host.failed(error);
    });
    request.on('response', (res: IncomingMessage) => this.#refused(request, res));
    request.on('upgrade', (res: IncomingMessage, socket: NetSocket, head: Buffer) => this.#upgraded(res, socket, head));
    if (finishRequest) finishRequest(request, this.#host.websocket);
    else request.end();
  }

  #headers(): Record<string, string | number | readonly string[]> {
    const { headers = {}, protocolVersion, origin } = this.#settings;
    const given = Object.entries(headers).filter(
      ([name]) => !this.#dropsSecrets || !['authorization', 'cookie', 'host'].includes(name.toLowerCase()),
    );
    return {
      ...Object.fromEntries(given),
      'Sec-WebSocket-Version': protocolVersion,
      'Sec-WebSocket-Key': this.#key,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      ...(this.#protocols.size > 0 && { 'Sec-WebSocket-Protocol': [...this.#protocols].join(',') }),
      ...(origin && { [protocolVersion < 13 ? 'Sec-WebSocket-Origin' : 'Origin']: origin }),
    };
  }

  #refused(request: ClientRequest, res: IncomingMessage): void {
    const { location } = res.headers;
    const status = res.statusCode ?? 0;
    if (this.#settings.followRedirects && typeof location === 'string' && status >= 300 && status < 400) {
      this.#follow(request, location);
    } else if (!this.#host.websocket.emit('unexpected-response', request, res))
      this.abort(`Unexpected server response: ${status}`);
  }

  #follow(request: ClientRequest, location: string): void {
    if (++this.#redirects > this.#settings.maxRedirects) {
      this.abort('Maximum redirects exceeded');
      return;
    }
    this.#end();
    request.abort();
    try {
      const url = parseAddress(new URL(location, this.#url));
      // Secrets are for the host that they were given for.
      if (url.host !== this.#url.host && this.#host.websocket.listenerCount('redirect') === 0) this.#dropsSecrets = true;
      this.#url = url;
      this.#ask();
    } catch (error) {
      this.#host.failed(error instanceof SyntaxError ? error : new SyntaxError(`Invalid URL: ${location}`));
    }
  }

  #upgraded(res: IncomingMessage, socket: NetSocket, head: Buffer): void {
    this.#host.websocket.emit('upgrade', res);
    // The program may have closed it while it heard of the upgrade.
    if (this.#host.readyState !== CONNECTING) return;
    this.#end();
    const fault = this.#faultIn(res);
    if (fault === undefined) {
      this.#host.opened(socket, head, String(res.headers['sec-websocket-protocol'] ?? ''));
      return;
    }
    this.#host.givenUp();
    socket.once('error', (error: Error) => this.#host.websocket.emit('error', error));
    socket.once('close', () => this.#host.emitClose());
    socket.destroy(new Error(fault));
  }

  #faultIn({ headers }: IncomingMessage): string | undefined {
    if (String(headers.upgrade).toLowerCase() !== 'websocket') return 'Invalid Upgrade header';
    if (headers['sec-websocket-accept'] !== acceptFor(this.#key)) return 'Invalid Sec-WebSocket-Accept header';
    const protocol = headers['sec-websocket-protocol'];
    if (protocol === undefined) {
      if (this.#protocols.size > 0) return 'Server sent no subprotocol';
    } else if (this.#protocols.size === 0) return 'Server sent a subprotocol but none was requested';
    else if (!this.#protocols.has(String(protocol))) return 'Server sent an invalid subprotocol';
    if (headers['sec-websocket-extensions'] === undefined) return undefined;
    return 'Server sent a Sec-WebSocket-Extensions header but no extension was requested';
  }

  /** Nothing of this request counts any more. */
  #end(): void {
    this.#parts.clock.clear(this.#timer);
    this.#request = undefined;
  }
}
