/** Connections that the sandbox opens to itself for `/raw`. They stay in the process, but take the same path as any client's. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import type { RawConnection, RawConnectionListener } from '../endpoints/raw.ts';
import type { Holder } from '../endpoints/shares.ts';
import { endOnError, type FaultBoundary } from '../fault-boundary.ts';

interface LineTaker {
  connection(socket: Duplex): void;
  /** Answers any fault itself: the server's own boundary cannot tell which socket a fault was about. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Opens raw lines on a sandbox, through an HTTP server that listens nowhere but reads the handshake as the real one does. */
export class RawConnections {
  readonly #server = createServer((_, response) => void response.writeHead(426).end());
  readonly #adopt: (stream: Duplex, address: string) => void;

  readonly #faults: FaultBoundary;

  /** Calls `adopt` with each stream and the address that its traffic counts for. */
  constructor(adopt: (stream: Duplex, address: string) => void, faults: FaultBoundary) {
    this.#adopt = adopt;
    this.#faults = faults;
    faults.enclose(this.#server);
  }

  /** Hands all connections and upgrades to these functions from now on. */
  takenBy({ connection, upgrade }: LineTaker): void {
    this.#server.on('connection', connection);
    this.#server.on('upgrade', upgrade);
  }

  /** Opens a line. What is sent on it counts for the holder's address, and for the session in the target. */
  open(target: string, { address }: Holder, listener: RawConnectionListener): RawConnection {
    const [near, far] = duplexPair();
    this.#adopt(far, address);
    far.on('error', endOnError);
    for (const end of [near, far]) this.#faults.enclose(end);
    this.#server.emit('connection', far);
    return new InProcessLine(near, far, target, listener, this.#faults);
  }
}

/** The client's end of a pair of streams in this process. */
class InProcessLine implements RawConnection {
  readonly #near: Duplex;
  readonly #far: Duplex;
  readonly #listener: RawConnectionListener;
  /** The answer to the handshake so far; undefined once it is whole. */
  #answer: Buffer | undefined = Buffer.alloc(0);
  /** The bytes that wait for that answer, because we may send nothing before it (RFC 6455 §4.1). */
  readonly #early: Uint8Array[] = [];
  #endsEarly = false;
  #hasEnded = false;

  constructor(near: Duplex, far: Duplex, target: string, listener: RawConnectionListener, faults: FaultBoundary) {
    this.#near = near;
    this.#far = far;
    this.#listener = listener;
    near.on('data', (chunk: Buffer) =>
      faults.run(
        () => this.#received(chunk),
        () => this.#failed(),
      ),
    );
    near.on('end', () => faults.run(() => this.#ended()));
    // There is no `end` after an error.
    near.on('close', () => faults.run(() => this.#ended()));
    near.on('error', () => undefined);
    near.write(requestFor(target));
  }

  get waiting(): number {
    return this.#near.writableLength + this.#early.reduce((sum, { length }) => sum + length, 0);
  }

  write(bytes: Uint8Array): void {
    if (this.#answer) this.#early.push(bytes);
    else if (this.#near.writable) this.#near.write(bytes);
  }

  end(): void {
    if (this.#answer) {
      this.#endsEarly = true;
      return;
    }
    // End in a later turn than the bytes, as on a network, so that the server finds and reports what is wrong with them first.
    this.#near.write(new Uint8Array(0), () => void setImmediate(() => this.#near.end()));
  }

  destroy(): void {
    this.#hasEnded = true;
    this.#near.destroy();
    this.#far.destroy();
  }

  #received(chunk: Buffer): void {
    if (!this.#answer) {
      this.#listener.received(chunk);
      return;
    }
    this.#answer = Buffer.concat([this.#answer, chunk]);
    const length = this.#answer.indexOf('\r\n\r\n') + 4;
    if (length < 4) return;
    const status = Number(this.#answer.subarray(9, 12).toString('latin1'));
    if (status !== 101) {
      this.#ended(status);
      return;
    }
    const behind = this.#answer.subarray(length);
    this.#answer = undefined;
    this.#listener.opened();
    for (const bytes of this.#early.splice(0)) this.write(bytes);
    if (this.#endsEarly) this.end();
    if (behind.length > 0) this.#listener.received(behind);
  }

  #failed(): void {
    this.#near.destroy();
    this.#far.destroy();
    this.#ended();
  }

  #ended(refusedWith?: number): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#near.end();
    this.#listener.ended(refusedWith);
  }
}

const requestFor = (target: string): string =>
  [
    `GET ${target} HTTP/1.1`,
    'Host: raw.sandbox',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n');
