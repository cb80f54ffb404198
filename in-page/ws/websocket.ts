/** The library's `WebSocket`: a client's, and the server's side of a connection. */
import { Opcode } from '../../protocol/wire/frame.ts';
import { type Buffer, emptyBuffer } from '../node/buffer.ts';
import type { NetSocket } from '../node/net/net-socket.ts';
import { type NodeParts, ticker } from '../node/node-parts.ts';
import { toBuffer } from '../node/to-buffer.ts';
import { type ClientOptions, clientSettings } from './client/client-options.ts';
import { Opening, type OpeningHost } from './client/opening.ts';
import { Sightings } from './client/sightings.ts';
import { Connection, type ConnectionHost } from './connection.ts';
import { type BinaryType, binaryTypes, CLOSED, CLOSING, CONNECTING, type EndOptions, OPEN, readyStates } from './constants.ts';
import { EventTargetEmitter } from './event-target-emitter.ts';
import { closePayload, type SendDone } from './framing/sender.ts';
import { isBlob } from './framing/validation.ts';

/** Options of `send`. */
export interface SendOptions {
  binary?: boolean | undefined;
  /** Taken, but nothing is compressed. */
  compress?: boolean | undefined;
  /** False for a fragment that others follow. */
  fin?: boolean | undefined;
  mask?: boolean | undefined;
}

const neverOpened = 'WebSocket was closed before the connection was established';
const notOpen = (state: number): Error => new Error(`WebSocket is not open: readyState ${state} (${readyStates[state] ?? ''})`);

const sizeOf = (data: unknown): number => (isBlob(data) ? data.size : toBuffer(data).length);

/** A class that `createWs` gives what surrounds its program. */
export class WebSocketBase extends EventTargetEmitter {
  static readonly CONNECTING = CONNECTING;
  static readonly OPEN = OPEN;
  static readonly CLOSING = CLOSING;
  static readonly CLOSED = CLOSED;
  declare readonly CONNECTING: typeof CONNECTING;
  declare readonly OPEN: typeof OPEN;
  declare readonly CLOSING: typeof CLOSING;
  declare readonly CLOSED: typeof CLOSED;
  readonly #node: NodeParts;
  readonly #options: EndOptions;
  readonly #isServer: boolean;
  #opening: Opening | undefined;
  #connection: Connection | undefined;
  #sightings: Sightings | undefined;
  #readyState: number = CONNECTING;
  #binaryType: BinaryType = 'nodebuffer';
  #bufferedAmount = 0;
  #isPaused = false;
  #protocol = '';
  #url: string | undefined;

  /** A null address makes the server's side of a connection; `options` are the server's then. */
  constructor(node: NodeParts, address: string | URL | null, protocols?: unknown, options?: ClientOptions) {
    super();
    this.#node = node;
    this.#isServer = address === null;
    if (address === null) this.#options = options as EndOptions;
    else {
      const settings = clientSettings(protocols, options);
      this.#options = settings;
      this.#opening = new Opening(this.#openingHost(String(address)), address, settings, node);
    }
  }

  get binaryType(): BinaryType {
    return this.#binaryType;
  }

  /** Other values are ignored. */
  set binaryType(type: BinaryType) {
    if (!binaryTypes.includes(type)) return;
    this.#binaryType = type;
    if (this.#connection) this.#connection.receiver.binaryType = type;
  }

  /** Bytes that wait: for a Blob to be read, or for ever after the close. The network takes all else at once. */
  get bufferedAmount(): number {
    return this.#connection?.sender.bufferedBytes ?? this.#bufferedAmount;
  }

  /** None: nothing is compressed. */
  get extensions(): string {
    return '';
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  get protocol(): string {
    return this.#protocol;
  }

  get readyState(): number {
    return this.#readyState;
  }

  /** Undefined on the server's side. */
  get url(): string | undefined {
    return this.#url;
  }

  /** The socket below, null before there is one. It is private in the library too, but programs read its address. */
  get _socket(): NetSocket | null {
    return this.#connection?.socket ?? null;
  }

  /** True where both Close frames were there. */
  get wasClean(): boolean {
    return this.#connection?.wasClean ?? false;
  }

  /** Begins the connection on a socket whose handshake is done; for the server. */
  setSocket(socket: NetSocket, head: Buffer, protocol: string): void {
    this.#protocol = protocol;
    const parts = { socket, head, isServer: this.#isServer, binaryType: this.#binaryType, options: this.#options };
    this.#connection = new Connection(this.#connectionHost(), parts, this.#node);
    this.#readyState = OPEN;
    this.#sightings?.opened();
    this.emit('open');
  }

  send(data: unknown, options?: SendOptions | SendDone, done?: SendDone): void {
    const callback = typeof options === 'function' ? options : done;
    const given = typeof options === 'function' ? {} : (options ?? {});
    const connection = this.#connectionFor(data, callback);
    if (!connection) return;
    const content = typeof data === 'number' ? String(data) : data || emptyBuffer;
    const binary = given.binary ?? (typeof data !== 'string' && typeof data !== 'number');
    const fin = given.fin ?? true;
    this.#sightings?.sent(binary ? 'binary' : 'text', sizeOf(content), fin);
    connection.sender.send(content, { binary, fin, mask: given.mask ?? !this.#isServer }, callback);
  }

  ping(data?: unknown, mask?: boolean | SendDone, done?: SendDone): void {
    this.#control(Opcode.ping, data, mask, done);
  }

  pong(data?: unknown, mask?: boolean | SendDone, done?: SendDone): void {
    this.#control(Opcode.pong, data, mask, done);
  }

  close(code?: number, reason?: string | Uint8Array): void {
    if (this.#readyState === CLOSED) return;
    // A call that throws closes nothing, and is not told.
    if (this.#readyState === OPEN) closePayload(code, reason);
    if (this.#readyState !== CLOSING) {
      const words = typeof reason === 'object' ? new TextDecoder().decode(reason) : reason;
      this.#sightings?.closeCalled({ code, reason: words });
    }
    if (this.#readyState === CONNECTING) this.#opening?.abort(neverOpened);
    else this.#connection?.close(code, reason);
  }

  terminate(): void {
    if (this.#readyState === CLOSED) return;
    if (this.#readyState === CONNECTING) this.#opening?.abort(neverOpened);
    else this.#connection?.terminate();
  }

  pause(): void {
    if (this.#readyState === CONNECTING || this.#readyState === CLOSED) return;
    this.#isPaused = true;
    this.#connection?.socket.pause();
  }

  resume(): void {
    if (this.#readyState === CONNECTING || this.#readyState === CLOSED) return;
    this.#isPaused = false;
    this.#connection?.socket.resume();
  }

  #control(opcode: number, data: unknown, mask: boolean | SendDone | undefined, done?: SendDone): void {
    const callback = [data, mask, done].find((value) => typeof value === 'function') as SendDone | undefined;
    const content = typeof data === 'function' ? undefined : typeof data === 'number' ? String(data) : data;
    const connection = this.#connectionFor(content, callback);
    connection?.control(opcode, content || emptyBuffer, typeof mask === 'boolean' ? mask : undefined, callback);
  }

  /** Returns the connection to send on. Throws before it is open; afterwards counts the bytes, and tells the callback. */
  #connectionFor(data: unknown, done: SendDone | undefined): Connection | undefined {
    if (this.#readyState === CONNECTING) throw notOpen(CONNECTING);
    if (this.#readyState === OPEN) return this.#connection;
    const size = data ? sizeOf(typeof data === 'number' ? String(data) : data) : 0;
    if (this.#connection) this.#connection.sender.bufferedBytes += size;
    else this.#bufferedAmount += size;
    const error = notOpen(this.#readyState);
    if (done) ticker(this.#node)(() => done(error));
    return undefined;
  }

  #emitClose(): void {
    const { closeCode = 1006, closeReason = emptyBuffer } = this.#connection ?? {};
    this.#readyState = CLOSED;
    this.#sightings?.closed({ code: closeCode, reason: closeReason.toString(), wasClean: this.wasClean });
    this.emit('close', closeCode, closeReason);
  }

  #openingHost(address: string): OpeningHost {
    const state = (): number => this.#readyState;
    return {
      websocket: this,
      get readyState() {
        return state();
      },
      connecting: (url, connected) => {
        this.#url = url.href;
        this.#sightings = new Sightings(connected);
        this.#sightings.started(address);
      },
      opened: (socket, head, protocol) => this.setSocket(socket, head, protocol),
      givenUp: () => void (this.#readyState = CLOSING),
      failed: (error) => {
        this.#readyState = CLOSING;
        this.emit('error', error);
        this.#emitClose();
      },
      emitClose: () => this.#emitClose(),
    };
  }

  #connectionHost(): ConnectionHost {
    const [state, setState] = [() => this.#readyState, (value: number) => (this.#readyState = value)];
    return {
      get readyState() {
        return state();
      },
      set readyState(value) {
        setState(value);
      },
      message: (data, isBinary) => {
        this.#sightings?.received(isBinary ? 'binary' : 'text', data);
        this.emit('message', data, isBinary);
      },
      ping: (data) => this.emit('ping', data),
      pong: (data) => this.emit('pong', data),
      error: (error) => this.emit('error', error),
      emitClose: () => this.#emitClose(),
    };
  }
}

for (const [value, name] of readyStates.entries()) {
  Object.defineProperty(WebSocketBase.prototype, name, { enumerable: true, value });
}
