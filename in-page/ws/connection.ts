/**
 * An open connection of a WebSocket: its socket with a receiver and a sender, and the closing handshake on them (RFC 6455 §7). It
 * closes as the `ws` library does, step by step, since the order of its events is part of what programs know.
 */
import { Opcode } from '../../protocol/wire/frame.ts';
import { type Buffer, emptyBuffer } from '../node/buffer.ts';
import type { NetSocket } from '../node/net/net-socket.ts';
import { type NodeParts, ticker } from '../node/node-parts.ts';
import { type BinaryType, CLOSED, CLOSING, type EndOptions, type GenerateMask, OPEN } from './constants.ts';
import { type RawData, Receiver } from './framing/receiver.ts';
import { type SendDone, Sender } from './framing/sender.ts';

/** The WebSocket that has the connection. */
export interface ConnectionHost {
  readyState: number;
  message: (data: RawData, isBinary: boolean) => void;
  ping: (data: Buffer) => void;
  pong: (data: Buffer) => void;
  error: (error: Error) => void;
  emitClose: () => void;
}

export interface ConnectionParts {
  socket: NetSocket;
  /** What came with the handshake of what follows it. */
  head: Buffer;
  isServer: boolean;
  binaryType: BinaryType;
  options: EndOptions & { generateMask?: GenerateMask };
}

export class Connection {
  readonly socket: NetSocket;
  readonly receiver: Receiver;
  readonly sender: Sender;
  closeCode = 1006;
  closeReason: Buffer = emptyBuffer;
  #closeReceived = false;
  #closeSent = false;
  #hasError = false;
  #pendingPongs = 0;
  #closeTimer: number | undefined;
  readonly #host: ConnectionHost;
  readonly #node: NodeParts;
  readonly #parts: ConnectionParts;
  readonly #tick: (callback: () => void) => void;
  readonly #onData = (bytes: Buffer): void => this.receiver.write(bytes);
  readonly #onEnd = (): void => this.#ended();
  readonly #onClose = (): void => this.#socketClosed();

  constructor(host: ConnectionHost, parts: ConnectionParts, node: NodeParts) {
    const { socket, options } = parts;
    this.#host = host;
    this.#node = node;
    this.#parts = parts;
    this.#tick = ticker(node);
    this.socket = socket;
    this.sender = new Sender({
      socket,
      tick: this.#tick,
      hold: node.hold ?? ((work) => work),
      generateMask: options.generateMask ?? ((mask) => mask.set(node.random(4))),
      onError: (error) => this.#sendFailed(error),
    });
    this.receiver = this.#createReceiver();
    if (parts.head.length > 0) socket.unshift(parts.head);
    socket.on('close', this.#onClose);
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('error', () => {
      host.readyState = CLOSING;
      socket.destroy();
    });
  }

  /** True where both Close frames were there. */
  get wasClean(): boolean {
    return this.#closeReceived && this.#closeSent;
  }

  /** Starts the closing handshake, or takes its next step. Throws for a code or reason that no Close frame can carry. */
  close(code?: number, reason?: string | Uint8Array): void {
    if (this.#host.readyState === CLOSING) {
      if (this.#closeSent && (this.#closeReceived || this.receiver.hasFailed)) this.socket.end();
      return;
    }
    this.sender.close(code, reason, !this.#parts.isServer, (error) => {
      if (error) return;
      this.#closeSent = true;
      if (this.#closeReceived || this.receiver.hasFailed) this.socket.end();
    });
    this.#host.readyState = CLOSING;
    this.#setCloseTimer();
  }

  /** Gives the connection up at once. */
  terminate(): void {
    this.#host.readyState = CLOSING;
    this.socket.destroy();
  }

  control(opcode: number, data: unknown, isMasked: boolean | undefined, done?: SendDone): void {
    this.sender.control(opcode, data, isMasked ?? !this.#parts.isServer, done);
  }

  #createReceiver(): Receiver {
    const { options, isServer, binaryType } = this.#parts;
    return new Receiver(
      {
        ...options,
        isServer,
        binaryType,
        tick: this.#tick,
        immediate: (callback) => void this.#node.clock.set(callback, 0, false),
      },
      {
        message: (data, isBinary) => this.#host.message(data, isBinary),
        ping: (data) => this.#pinged(data),
        pong: (data) => this.#host.pong(data),
        conclude: (code, reason) => this.#concluded(code, reason),
        error: (error) => {
          this.#stopReading();
          this.close(error.closeCode);
          this.#tell(error);
        },
      },
    );
  }

  #pinged(data: Buffer): void {
    const { autoPong, maxPendingAutoPongs } = this.#parts.options;
    if (autoPong && this.#host.readyState === OPEN) {
      if (maxPendingAutoPongs > 0 && this.#pendingPongs >= maxPendingAutoPongs) this.terminate();
      else {
        this.#pendingPongs++;
        this.control(Opcode.pong, data, undefined, () => this.#pendingPongs--);
      }
    }
    this.#host.ping(data);
  }

  #concluded(code: number, reason: Buffer): void {
    this.#closeReceived = true;
    this.closeCode = code;
    this.closeReason = reason;
    this.#stopReading();
    if (code === 1005) this.close();
    else this.close(code, reason);
  }

  /** Takes no more data, but lets the rest flow by, so that the end is seen. */
  #stopReading(): void {
    this.socket.off('data', this.#onData);
    this.#tick(() => this.socket.resume());
  }

  #sendFailed(error: Error): void {
    if (this.#host.readyState === CLOSED) return;
    if (this.#host.readyState === OPEN) {
      this.#host.readyState = CLOSING;
      this.#setCloseTimer();
    }
    this.socket.end();
    this.#tell(error);
  }

  #tell(error: Error): void {
    if (this.#hasError) return;
    this.#hasError = true;
    this.#host.error(error);
  }

  #setCloseTimer(): void {
    this.#closeTimer = this.#node.clock.set(() => this.socket.destroy(), this.#parts.options.closeTimeout, false);
  }

  #ended(): void {
    this.#host.readyState = CLOSING;
    this.receiver.end();
    this.socket.end();
  }

  #socketClosed(): void {
    this.socket.off('close', this.#onClose);
    this.socket.off('data', this.#onData);
    this.socket.off('end', this.#onEnd);
    this.#host.readyState = CLOSING;
    this.#node.clock.clear(this.#closeTimer);
    this.receiver.end();
    this.receiver.whenOver(() => this.#host.emitClose());
  }
}
