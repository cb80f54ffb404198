/**
 * A connection of the stock server, from its opening handshake to its end. It closes as the live server's connections do: after the
 * Close frames of both ends the server ends its side first (RFC 6455 §7.1.1), and a client that breaks a rule is told in a Close.
 */
import { encodeFrame, Opcode } from '../../../protocol/wire/frame.ts';
import type { Cancel, Connection, Timers } from '../../../sandbox-server/endpoints/endpoint.ts';
import type { Holder } from '../../../sandbox-server/endpoints/shares.ts';
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import type { NetSocket } from '../../node/net/net-socket.ts';
import { type Behaviour, mostFragments } from '../behaviour.ts';
import { limits, type Violation } from '../limits.ts';
import type { MessageRate } from '../rates.ts';
import { Liveness } from './liveness.ts';
import { MessageReader } from './message-reader.ts';

/** What a connection is made of. */
export interface StockConnectionParts {
  id: string;
  /** Upgraded, and the handshake answered. */
  socket: NetSocket;
  handshakeKey: string;
  holder: Holder;
  behaviour: Behaviour;
  rate: MessageRate;
  timers: Timers;
  /** The most ms that the link takes for a way there and back: patience with a silent client comes on top of it. */
  linkTime: number;
  /** Silence after which the client is pinged, ms. */
  pingAfter: number;
  /** Takes what an endpoint throws. */
  onFault: (error: unknown) => void;
}

export class StockConnection implements Connection {
  readonly id: string;
  readonly handshakeKey: string;
  readonly holder: Holder;
  readonly #parts: StockConnectionParts;
  readonly #reader: MessageReader;
  readonly #liveness: Liveness;
  readonly #messageListeners: ((data: string | Uint8Array) => void)[] = [];
  readonly #closeListeners: (() => void)[] = [];
  #state: 'open' | 'closing' | 'closed' = 'open';
  #cancelPatience: Cancel = () => undefined;
  /** Pings whose pongs have not come yet. */
  #pongsDue = 0;

  constructor(parts: StockConnectionParts) {
    const { id, handshakeKey, holder, socket, timers, linkTime, pingAfter } = parts;
    this.id = id;
    this.handshakeKey = handshakeKey;
    this.holder = holder;
    this.#parts = parts;
    this.#reader = new MessageReader({
      message: (data) => this.#received(data),
      ping: (payload) => this.#pinged(payload),
      pong: () => this.#ponged(),
      closed: (code, reason) => this.#closeReceived(code, reason),
      failed: (violation) => this.#fail(violation),
    });
    this.#liveness = new Liveness(timers, { linkTime, pingAfter }, { ping: () => this.ping(), giveUp: () => socket.destroy() });
    socket.on('end', () => {
      this.#close();
      socket.end();
    });
    socket.on('close', () => this.#gone());
    socket.on('error', () => undefined);
  }

  /** Begins to read, once the endpoint listens. `head` came with the handshake. */
  start(head: Uint8Array): void {
    const { socket } = this.#parts;
    if (head.length > 0) socket.unshift(head);
    socket.on('data', (bytes: Uint8Array) => {
      this.#liveness.heard();
      this.#reader.push(bytes);
    });
    this.#pingRegularly();
  }

  send(data: string | Uint8Array): void {
    if (this.#state !== 'open') return;
    const { fragmentBytes, pingBetween } = this.#parts.behaviour;
    const payload = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    const size = Math.max(fragmentBytes, Math.ceil(payload.length / mostFragments));
    const count = size === Infinity ? 1 : Math.max(1, Math.ceil(payload.length / size));
    for (let i = 0; i < count; i++) {
      if (pingBetween && i > 0 && i === count >> 1) this.ping('in between');
      const opcode = i > 0 ? Opcode.continuation : typeof data === 'string' ? Opcode.text : Opcode.binary;
      const piece = count === 1 ? payload : payload.subarray(i * size, (i + 1) * size);
      this.#write({ opcode, payload: piece, fin: i === count - 1 });
    }
  }

  close(code: number, reason: string): void {
    if (this.#state !== 'open') return;
    this.#write({ opcode: Opcode.close, payload: closeBody(code, reason) });
    this.#close();
  }

  ping(text = ''): void {
    if (this.#state !== 'open') return;
    this.#pongsDue++;
    this.#write({ opcode: Opcode.ping, payload: new TextEncoder().encode(text) });
  }

  onMessage(listener: (data: string | Uint8Array) => void): void {
    this.#messageListeners.push(listener);
  }

  onClose(listener: () => void): void {
    this.#closeListeners.push(listener);
  }

  guarded<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void {
    return (...given) => {
      try {
        act(...given);
      } catch (error) {
        this.#parts.onFault(error);
        this.close(1011, 'The server met an error with this connection.');
      }
    };
  }

  #received(data: string | Uint8Array): void {
    if (!this.#isWithinRate() || this.#state !== 'open') return;
    this.guarded(() => {
      for (const listener of this.#messageListeners) listener(data);
    })();
  }

  #pinged(payload: Uint8Array): void {
    if (!this.#isWithinRate() || this.#state !== 'open' || this.#parts.behaviour.withholdPong) return;
    this.#write({ opcode: Opcode.pong, payload });
  }

  /** A pong that is due is free; one that nobody asked for is allowed (RFC 6455 §5.5.3), and counts as a message. */
  #ponged(): void {
    if (this.#pongsDue > 0) this.#pongsDue--;
    else this.#isWithinRate();
  }

  #isWithinRate(): boolean {
    const { rate, timers } = this.#parts;
    const violation = rate.count(timers.now());
    if (!violation) return true;
    this.#reader.stop();
    this.#fail(violation);
    return false;
  }

  /** Answers a Close with the same code and reason (RFC 6455 §5.5.1); the one that answers ours needs no answer. */
  #closeReceived(code: number, reason: string): void {
    this.close(code, reason);
    this.#parts.socket.end();
  }

  /** Fails the connection (RFC 6455 §7.1.7): the Close says why, and nothing follows it. */
  #fail({ code, reason }: Violation): void {
    this.close(code, reason);
    this.#parts.socket.end();
  }

  /** Gives the client time to end its side; then the connection is cut. */
  #close(): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#liveness.stop();
    const { timers, socket, linkTime } = this.#parts;
    this.#cancelPatience = timers.after(limits.closeTimeout * 1000 + linkTime, () => socket.destroy());
  }

  #gone(): void {
    this.#state = 'closed';
    this.#liveness.stop();
    this.#cancelPatience();
    for (const listener of this.#closeListeners.splice(0)) this.guarded(listener)();
  }

  #pingRegularly(): void {
    const { behaviour, timers } = this.#parts;
    let cancel: Cancel = () => undefined;
    const wait = (): void => {
      cancel = timers.after(behaviour.pingEvery, () => {
        this.ping();
        wait();
      });
    };
    wait();
    this.onClose(() => cancel());
  }

  #write(fields: Parameters<typeof encodeFrame>[0]): void {
    this.#parts.socket.write(encodeFrame(fields));
  }
}

/** Returns the body of a Close frame (RFC 6455 §5.5.1); empty for 1005, which no frame carries. */
const closeBody = (code: number, reason: string): Uint8Array =>
  code === 1005 ? new Uint8Array(0) : concatBytes([Uint8Array.of(code >> 8, code & 0xff), new TextEncoder().encode(reason)]);
