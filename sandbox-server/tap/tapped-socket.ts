import { Duplex } from 'node:stream';
import { FrameParser, Opcode } from '../../protocol/wire/frame.ts';
import type { LinkEnd } from '../../protocol/wire/link.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Direction } from '../../protocol/wire/direction.ts';
import { whyNotCarried } from '../../protocol/wire/drop-reasons.ts';
import type { Cancel, Timers } from '../endpoints/endpoint.ts';
import type { FaultBoundary } from '../fault-boundary.ts';
import type { ReceiveLimit } from '../limits/receive-limit.ts';
import type { Violation } from '../limits/violation.ts';
import { ClientFrames } from './client-frames.ts';
import { ClosingPatience } from './closing-patience.ts';
import { CountedLink } from './counted-link.ts';
import { HandshakeAnswer } from './handshake-answer.ts';
import type { Recorder } from '../../protocol/trace/recorder.ts';
import { SocketWriter } from './socket-writer.ts';
import { frameUnit, handshakeUnit, markUnit, type Unit } from './unit.ts';

/** The parts of a tapped socket. */
export interface TappedSocketParts {
  /** The real socket, upgraded: nobody else reads or writes it. */
  socket: Duplex;
  /** The handshake request's bytes, if they were observed. */
  request: Uint8Array | undefined;
  /** The length of the request's head; the link needs it even when the bytes are unknown. */
  requestLength: number;
  /** Bytes that arrived on the socket behind the request. */
  head: Uint8Array;
  conditions: LinkConditions;
  /** Called when the request has come through the link: the time to answer it. */
  requestArrived: () => void;
  /** Called when the client's violation of a limit has come through the link: the time to close. */
  violationArrived: (violation: Violation) => void;
  recorder: Recorder | undefined;
  limit: ReceiveLimit;
  /** How many payload bytes of a client's frame to keep: as many as the limit lets through. */
  keepBytes: number;
  /** The most bytes to hold for the server's program before we stop reading the client. */
  maxHeldBytes: number;
  /** How long the client may take to answer a Close, or to end its side after ours, once that is at the socket; in ms. */
  closeTimeout: number;
  timers: Timers;
  faults: FaultBoundary;
}

const up = 'client-to-server';
const down = 'server-to-client';

/**
 * Stands between the real socket and `ws`: parses the bytes of each direction into frames as they pass, lets the link
 * carry them, and tells the recorder. Bytes go on exactly as they came, whole frames at a time.
 *
 * A simplex link carries Close frames, the handshake and the end of the stream even in the direction that it lacks: without them
 * no connection could open or close.
 */
export class TappedSocket extends Duplex {
  readonly #parts: TappedSocketParts;
  readonly #link: CountedLink<Unit>;
  readonly #fromClient: ClientFrames;
  readonly #answer = new HandshakeAnswer();
  readonly #fromServer = new FrameParser();
  #inputEnded = false;
  #finish: (() => void) | undefined;
  readonly #patience: ClosingPatience;
  readonly #writer: SocketWriter;
  #cancelCut: Cancel | undefined;
  /** When bytes last came on the real socket. */
  heardAt: number;
  /** True once a WebSocket has it; that one's pings find out when nobody is there any more. */
  isOpen = false;

  constructor(parts: TappedSocketParts) {
    super();
    const { socket, timers, conditions, keepBytes, limit, recorder } = parts;
    this.#parts = parts;
    parts.faults.enclose(this);
    this.#link = new CountedLink(conditions, timers, {
      departed(direction, { kind, number }, departure) {
        if (kind === 'frame') recorder?.frameDeparted(direction, number, departure);
      },
      arrived: (direction, unit) => {
        if (direction === up) this.#atServer(unit);
        else this.#atSocket(unit);
        this.#readOn();
      },
      dropped: (direction, { number }, why = whyNotCarried(this.conditions.duplex, direction)) => {
        recorder?.frameDropped(direction, number, why);
        this.#readOn();
      },
      ended: (end) => this.#linkEnded(end),
      guarded: (act) => this.#run(act),
    });
    this.#fromClient = new ClientFrames(keepBytes, limit, timers);
    this.#patience = new ClosingPatience(parts.closeTimeout, timers, () => this.destroy());
    this.#writer = new SocketWriter(socket, recorder, this.#patience);
    this.heardAt = timers.now();
  }

  /** Lets the request enter the link, and begins to read the socket. */
  start(): void {
    const { socket, recorder, request, requestLength, head } = this.#parts;
    recorder?.handshakeSent(up, request);
    this.#enter(up, handshakeUnit(requestLength), true);
    if (head.length > 0) this.#clientSent(head);
    socket.on('data', (chunk: Buffer) => this.#run(() => this.#clientSent(chunk)));
    socket.on('end', () => this.#run(() => this.#clientEnded()));
    socket.on('close', () => this.#run(() => this.#clientEnded()));
    // `close` follows an error, and says enough.
    socket.on('error', () => undefined);
  }

  get conditions(): LinkConditions {
    return this.#link.conditions;
  }

  set conditions(conditions: LinkConditions) {
    this.#link.conditions = conditions;
  }

  /** True while the link still has bytes for the client, perhaps a ping. */
  get carriesToClient(): boolean {
    return this.#link.held[down] > 0;
  }

  /** Bytes on their way to the client: waiting for the link, on it, or in the real socket. */
  get bytesForClient(): number {
    return this.#link.held[down] + this.#parts.socket.writableLength;
  }

  /** Runs what is called from outside. A fault ends only this connection. */
  #run(act: () => void): void {
    this.#parts.faults.run(act, () => this.destroy());
  }

  #clientSent(chunk: Uint8Array): void {
    const { limit, recorder, timers } = this.#parts;
    const wasFine = !limit.violation;
    this.heardAt = timers.now();
    for (const { frame, isAdmitted } of this.#fromClient.push(chunk)) {
      const number = recorder?.frameSent(up, frame) ?? -1;
      const isClose = frame.opcode === Opcode.close;
      if (isClose) this.#patience.note('client said Close');
      if (isAdmitted) this.#enter(up, frameUnit(frame, number), isClose);
      else recorder?.frameDropped(up, number, limit.violation?.reason ?? '');
    }
    if (wasFine && limit.violation) this.#enter(up, markUnit('violation'), true);
  }

  #clientEnded(): void {
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    this.#patience.note('client ended');
    this.#enter(up, markUnit('end'), true);
    this.#endIfForgotten();
  }

  /** Ends a connection that nobody else will: its client left during the handshake, and the silent link tells nobody. */
  #endIfForgotten(): void {
    if (this.#inputEnded && !this.isOpen && this.#link.end === 'silent') this.destroy();
  }

  #enter(direction: Direction, unit: Unit, exempt = false): void {
    this.#link.send(direction, unit, { exempt });
    const { socket, maxHeldBytes } = this.#parts;
    if (direction === up && this.#link.held[up] > maxHeldBytes) socket.pause();
  }

  /** Goes on reading the client once there is room again for what it sends. */
  #readOn(): void {
    const { socket, maxHeldBytes } = this.#parts;
    if (socket.isPaused() && this.#link.held[up] <= maxHeldBytes) socket.resume();
  }

  #linkEnded(end: LinkEnd): void {
    const { recorder, timers } = this.#parts;
    recorder?.linkEnded(end);
    const { silent, cut } = this.#link.conditions;
    // Say nothing in either direction: each end finds its connection gone (RFC 6455 §7.1.5, code 1006).
    if (end === 'cut') this.destroy();
    // Cut some time after the silence, as when a machine is gone and TCP gives up long after (RFC 9293 §3.8.3).
    else if (cut > silent) this.#cancelCut = timers.after(cut - silent, () => this.#run(() => this.#linkEnded('cut')));
    this.#endIfForgotten();
  }

  #atServer(unit: Unit): void {
    const { recorder, limit, requestArrived, violationArrived, faults } = this.#parts;
    if (unit.kind === 'handshake') {
      recorder?.handshakeReceived(up);
      faults.upgrading(this, requestArrived);
    } else if (unit.kind === 'violation') {
      if (limit.violation) violationArrived(limit.violation);
    } else if (unit.kind === 'end') {
      this.push(null);
    } else {
      recorder?.frameReceived(up, unit.number);
      this.push(unit.bytes);
    }
  }

  #atSocket(unit: Unit): void {
    if (unit.kind === 'end') this.#writer.end(this.#finish ?? (() => undefined));
    else this.#writer.write(unit);
  }

  #serverSent(chunk: Buffer): void {
    const { answer, frames } = this.#answer.take(chunk);
    if (answer) {
      this.#parts.recorder?.handshakeSent(down, answer);
      this.#enter(down, handshakeUnit(answer.length, answer));
    }
    for (const frame of this.#fromServer.push(frames)) {
      const number = this.#parts.recorder?.frameSent(down, frame) ?? -1;
      if (frame.opcode === Opcode.ping) this.#parts.limit.pingSent();
      this.#enter(down, frameUnit(frame, number));
    }
  }

  override _read(): void {
    // We push bytes when the link delivers them, and bound what we hold where we read the client.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.#run(() => this.#serverSent(chunk));
    callback();
  }

  override _writev(chunks: { chunk: Buffer }[], callback: () => void): void {
    for (const { chunk } of chunks) this.#run(() => this.#serverSent(chunk));
    callback();
  }

  override _final(callback: () => void): void {
    this.#finish = callback;
    this.#run(() => this.#enter(down, markUnit('end')));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    // Begin with the socket: a fault in what follows must not keep the client waiting.
    this.#parts.socket.destroy();
    this.#link.stop();
    this.#patience.stop();
    this.#cancelCut?.();
    callback(error);
  }
}
