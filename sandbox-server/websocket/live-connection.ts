import type { Duplex } from 'node:stream';
import type { Connection, Timers } from '../endpoints/endpoint.ts';
import type { Holder } from '../endpoints/shares.ts';
import type { FaultBoundary } from '../fault-boundary.ts';
import type { ReceiveLimit } from '../limits/receive-limit.ts';
import { tooSlow, type Violation } from '../limits/violation.ts';
import { orNone } from '../options.ts';
import type { Behaviour } from './behaviour.ts';
import { sendInFragments } from './fragments.ts';
import { FrameWriter } from './write-batching/frame-writer.ts';
import type { Tick } from './write-batching/tick.ts';
import type { TappedSocket } from '../tap/tapped-socket.ts';
import type { OrderedWebSocket } from './ws-server.ts';

/** The parts of a live connection. */
export interface LiveConnectionParts {
  id: string;
  handshakeKey: string;
  holder: Holder;
  webSocket: OrderedWebSocket;
  /** The underlying socket, if nothing stands in between. */
  socket: Duplex | undefined;
  tick: Tick;
  /** Present when the connection is observed or its link has conditions. */
  tapped: TappedSocket | undefined;
  limit: ReceiveLimit;
  /** The most bytes that may wait for the client; 0 means no limit. */
  maxQueueBytes: number;
  /** How messages are sent, and whether pings stay unanswered (`?pong=0`). */
  behaviour: Pick<Behaviour, 'fragmentBytes' | 'pingBetween' | 'withholdPong'>;
  timers: Timers;
  faults: FaultBoundary;
}

/** A connection over a real socket, held to its limits. */
export class LiveConnection implements Connection {
  readonly id: string;
  readonly handshakeKey: string;
  readonly holder: Holder;
  readonly #parts: LiveConnectionParts;
  /** Writes messages past `ws`; absent when a link or compression has to see them. */
  readonly #writer: FrameWriter | undefined;
  #heardAt: number;
  /** When a still unanswered ping was sent, for the liveness sweep. */
  pingedAt: number | undefined;

  constructor(parts: LiveConnectionParts) {
    this.id = parts.id;
    this.handshakeKey = parts.handshakeKey;
    this.holder = parts.holder;
    this.#parts = parts;
    this.#heardAt = parts.timers.now();
    const { webSocket, socket, tick, tapped, limit } = parts;
    if (socket && webSocket.extensions === '') {
      const writer = new FrameWriter(socket, tick, this);
      webSocket.beforeControlFrame = () => writer.flush();
      this.#writer = writer;
    }
    // A tap counts the pings that pass it, and their pongs.
    if (!tapped) webSocket.pingSent = () => limit.pingSent();
    // By now `ws` has sent a close code that says what went wrong.
    webSocket.on('error', () => undefined);
    webSocket.on('ping', (data: Buffer) => this.#run(() => this.#pinged(data)));
    webSocket.on('pong', () => this.#run(() => void this.#within((now) => limit.pong(now))));
  }

  /** When we last heard from the client. */
  get heardAt(): number {
    return this.#parts.tapped?.heardAt ?? this.#heardAt;
  }

  /** True while the link still has bytes for the client: we cannot expect an answer yet. */
  get linkBusy(): boolean {
    return this.#parts.tapped?.carriesToClient ?? false;
  }

  /** Bytes waiting for the client. */
  get queuedBytes(): number {
    return this.#parts.webSocket.bufferedAmount + (this.#parts.tapped?.bytesForClient ?? 0) + (this.#writer?.size ?? 0);
  }

  /** False once either end has begun to close. */
  get isOpen(): boolean {
    return this.#parts.webSocket.readyState === this.#parts.webSocket.OPEN;
  }

  /** The writer of its messages; undefined unless each is sent as one frame, with nothing in between. */
  get writer(): FrameWriter | undefined {
    return this.#parts.behaviour.fragmentBytes < Infinity ? undefined : this.#writer;
  }

  send(data: string | Uint8Array): void {
    // Keep a fault with this connection from the sender: it is not to blame, and may be sending the same to others.
    if (this.isOpen) this.#run(() => this.#send(data));
  }

  #send(data: string | Uint8Array): void {
    const { webSocket, behaviour } = this.#parts;
    if (behaviour.fragmentBytes < Infinity) {
      this.#writer?.flush();
      sendInFragments(webSocket, data, behaviour);
      this.#boundQueue();
    } else if (this.#writer) this.#writer.send(data);
    else {
      webSocket.send(data);
      this.#boundQueue();
    }
  }

  close(code: number, reason: string, limit?: string): void {
    this.#parts.webSocket.closeFor(limit, code, reason);
  }

  ping(): void {
    if (this.#parts.webSocket.readyState === this.#parts.webSocket.OPEN) this.#parts.webSocket.ping();
  }

  /** Ends the connection without a closing handshake. */
  terminate(): void {
    this.#parts.webSocket.terminate();
  }

  onMessage(listener: (data: string | Uint8Array) => void): void {
    const { webSocket } = this.#parts;
    webSocket.on('message', (data, isBinary) => {
      this.#run(() => {
        if (!this.#counted() || webSocket.readyState !== webSocket.OPEN) return;
        listener(isBinary ? (data as Buffer) : (data as Buffer).toString());
      });
    });
  }

  onClose(listener: () => void): void {
    this.#parts.webSocket.once('close', listener);
  }

  /** Fails the connection for what the client did, and ignores whatever it sends from then on. */
  failFor(violation: Violation): void {
    this.#parts.webSocket.fail(violation);
  }

  guarded<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void {
    return (...given) => this.#run(() => act(...given));
  }

  /** Called after each write of its writer. */
  written(): void {
    this.#boundQueue();
  }

  /** Called when its writer meets a fault. */
  failed(error: unknown): void {
    this.#run(() => {
      throw error;
    });
  }

  /** Closes the connection after a fault of ours. */
  failForFault(): void {
    const { faults, webSocket } = this.#parts;
    faults.run(
      () => webSocket.close(1011, 'The server met an error with this connection.'),
      () => webSocket.terminate(),
    );
  }

  #run(act: () => void): void {
    this.#parts.faults.run(
      act,
      () => this.failForFault(),
      () => this.terminate(),
    );
  }

  /** Answers a ping with its pong (RFC 6455 §5.5.3); a writer sends it with everything else at the end of the turn. */
  #pinged(data: Buffer): void {
    if (!this.#counted() || !this.isOpen || this.#parts.behaviour.withholdPong) return;
    if (this.#writer) {
      this.#writer.pong(data);
      return;
    }
    this.#parts.webSocket.pong(data);
    this.#boundQueue();
  }

  #boundQueue(): void {
    const { maxQueueBytes } = this.#parts;
    if (this.queuedBytes > orNone(maxQueueBytes)) this.failFor(tooSlow(maxQueueBytes));
  }

  /** Counts a message or a ping. Returns false if it is not accepted. */
  #counted(): boolean {
    return this.#within((now) => this.#parts.limit.count(now));
  }

  /** Counts what was received, unless a tap has counted it earlier. Fails the connection if that is too much. */
  #within(count: (now: number) => boolean): boolean {
    const { tapped, limit, timers } = this.#parts;
    this.#heardAt = timers.now();
    if (tapped || count(this.#heardAt)) return true;
    if (limit.violation) this.failFor(limit.violation);
    return false;
  }
}
