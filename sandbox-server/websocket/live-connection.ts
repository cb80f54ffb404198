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

/** What a live connection is made of. */
export interface LiveConnectionParts {
  id: string;
  handshakeKey: string;
  holder: Holder;
  webSocket: OrderedWebSocket;
  /** The socket below, where nothing is in between. */
  socket: Duplex | undefined;
  turn: Tick;
  /** Where the connection is observed or its link has conditions. */
  tapped: TappedSocket | undefined;
  limit: ReceiveLimit;
  /** What may wait for the client, in bytes; 0 means no limit. */
  maxQueueBytes: number;
  /** How messages are sent, and whether pings are left without their pong (`?pong=0`). */
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
  /** Writes messages past `ws`; absent where a link or a compression has to see them. */
  readonly #writer: FrameWriter | undefined;
  #heardAt: number;
  /** When a ping was sent that nothing has answered yet; for the liveness sweep. */
  pingedAt: number | undefined;

  constructor(parts: LiveConnectionParts) {
    this.id = parts.id;
    this.handshakeKey = parts.handshakeKey;
    this.holder = parts.holder;
    this.#parts = parts;
    this.#heardAt = parts.timers.now();
    const { webSocket, socket, turn } = parts;
    if (socket && webSocket.extensions === '') {
      const writer = new FrameWriter(socket, turn, this);
      webSocket.beforeControlFrame = () => writer.flush();
      this.#writer = writer;
    }
    // What went wrong is in the close code that `ws` has sent by then.
    webSocket.on('error', () => undefined);
    webSocket.on('ping', (data: Buffer) => this.#run(() => this.#pinged(data)));
    webSocket.on('pong', () => this.#run(() => this.#ponged()));
  }

  /** When the client was last heard of. */
  get heardAt(): number {
    return this.#parts.tapped?.heardAt ?? this.#heardAt;
  }

  /** True while the link still has bytes for the client, so that an answer cannot be expected yet. */
  get linkBusy(): boolean {
    return this.#parts.tapped?.carriesToClient ?? false;
  }

  /** Bytes that wait for the client. */
  get queuedBytes(): number {
    return this.#parts.webSocket.bufferedAmount + (this.#parts.tapped?.bytesForClient ?? 0) + (this.#writer?.size ?? 0);
  }

  /** False from the moment on when either end began to close. */
  get isOpen(): boolean {
    return this.#parts.webSocket.readyState === this.#parts.webSocket.OPEN;
  }

  /** What writes its messages, where each is sent as it is: as one frame, with nothing in between. */
  get writer(): FrameWriter | undefined {
    return this.#parts.behaviour.fragmentBytes < Infinity ? undefined : this.#writer;
  }

  send(data: string | Uint8Array): void {
    // A fault with this connection is not the fault of whoever sends to it, and others may be sent the same.
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

  /** Fails the connection for what the client did: nothing that it sends is heard any more. */
  failFor(violation: Violation): void {
    this.#parts.webSocket.fail(violation);
  }

  guarded<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void {
    return (...given) => this.#run(() => act(...given));
  }

  /** Its writer has written. */
  written(): void {
    this.#boundQueue();
  }

  /** Its writer met a fault. */
  failed(error: unknown): void {
    this.#run(() => {
      throw error;
    });
  }

  /** Closes the connection that a fault of ours befell. */
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

  /** Answers a ping with its pong (RFC 6455 §5.5.3), as one of what is written at the end of the turn. */
  #pinged(data: Buffer): void {
    if (!this.#counted() || !this.isOpen || this.#parts.behaviour.withholdPong) return;
    if (this.#writer) {
      this.#writer.pong(data);
      return;
    }
    this.#parts.webSocket.pong(data);
    this.#boundQueue();
  }

  /** A pong that no ping asked for is allowed (RFC 6455 §5.5.3), and counts as a ping does: a flood of them is one. */
  #ponged(): void {
    const { webSocket, timers } = this.#parts;
    this.#heardAt = timers.now();
    if (webSocket.pongsDue > 0) webSocket.pongsDue--;
    else this.#counted();
  }

  #boundQueue(): void {
    const { maxQueueBytes } = this.#parts;
    if (this.queuedBytes > orNone(maxQueueBytes)) this.failFor(tooSlow(maxQueueBytes));
  }

  /** Counts a message, ping or unasked pong where the tap, which counts earlier, does not. False where it is not taken. */
  #counted(): boolean {
    const { tapped, limit, timers } = this.#parts;
    this.#heardAt = timers.now();
    if (tapped || limit.count(this.#heardAt)) return true;
    if (limit.violation) this.failFor(limit.violation);
    return false;
  }
}
