import { Duplex } from 'node:stream';
import { type Frame, FrameParser, isControl, Opcode } from '../../protocol/wire/frame.ts';
import { carries, type LinkConditions, type LinkEnd, type LinkEvent } from '../../protocol/wire/link.ts';
import type { Direction } from '../../protocol/wire/direction.ts';
import type { Cancel, Timers } from '../endpoints/endpoint.ts';
import { answerUpgradeFault, type FaultBoundary } from '../fault-boundary.ts';
import type { ReceiveLimit } from '../limits/receive-limit.ts';
import type { Violation } from '../limits/violation.ts';
import { ClosingPatience } from './closing-patience.ts';
import { LinkDriver } from './link-driver.ts';
import type { Recorder } from './recorder.ts';

/**
 * A piece that the link carries as a whole: half of the handshake, a frame, or the end of the stream (TCP's FIN). The socket
 * notices a violation and puts it in its place among the frames, so that the server's program serves what came before it.
 */
interface Unit {
  kind: 'handshake' | 'frame' | 'violation' | 'end';
  bytes: Uint8Array;
  /** How many bytes the link has to carry. */
  size: number;
  /** The frame's number; -1 if nothing is recorded. */
  number: number;
}

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
const noBytes = new Uint8Array(0);

/**
 * Stands between the real socket and `ws`: parses the bytes of each direction into frames as they pass, lets the link
 * carry them, and tells the recorder. Bytes go on exactly as they came, whole frames at a time.
 *
 * A simplex link carries Close frames, the handshake and the end of the stream even in the direction that it lacks: without them
 * no connection could open or close.
 */
export class TappedSocket extends Duplex {
  readonly #parts: TappedSocketParts;
  readonly #driver: LinkDriver<Unit>;
  readonly #fromClient: FrameParser;
  readonly #fromServer = new FrameParser();
  /** The part of the handshake's answer written so far; undefined once it is whole. */
  #answer: Buffer | undefined = Buffer.alloc(0);
  #partial = 0;
  #inputEnded = false;
  #finish: (() => void) | undefined;
  readonly #patience: ClosingPatience;
  #cancelCut: Cancel | undefined;
  readonly #held = { [up]: 0, [down]: 0 };
  /** When bytes last came on the real socket. */
  heardAt: number;
  /** True once a WebSocket has it; that one's pings find out when nobody is there any more. */
  isOpen = false;

  constructor(parts: TappedSocketParts) {
    super();
    const { timers, conditions, keepBytes } = parts;
    this.#parts = parts;
    parts.faults.enclose(this);
    this.#driver = new LinkDriver(
      conditions,
      timers,
      (event) => this.#happened(event),
      (end) => this.#linkEnded(end),
      (act) => this.#run(act),
    );
    this.#fromClient = new FrameParser({ keepBytes });
    this.#patience = new ClosingPatience(parts.closeTimeout, timers, () => this.destroy());
    this.heardAt = timers.now();
  }

  /** Lets the request enter the link, and begins to read the socket. */
  start(): void {
    const { socket, recorder, request, requestLength, head } = this.#parts;
    recorder?.handshakeSent(up, request);
    this.#enter(up, { kind: 'handshake', bytes: noBytes, size: requestLength, number: -1 }, true);
    if (head.length > 0) this.#clientSent(head);
    socket.on('data', (chunk: Buffer) => this.#run(() => this.#clientSent(chunk)));
    socket.on('end', () => this.#run(() => this.#clientEnded()));
    socket.on('close', () => this.#run(() => this.#clientEnded()));
    // `close` follows an error, and says enough.
    socket.on('error', () => undefined);
  }

  get conditions(): LinkConditions {
    return this.#driver.conditions;
  }

  set conditions(conditions: LinkConditions) {
    this.#driver.conditions = conditions;
  }

  /** True while the link still has bytes for the client, perhaps a ping. */
  get carriesToClient(): boolean {
    return this.#held[down] > 0;
  }

  /** Bytes on their way to the client: waiting for the link, on it, or in the real socket. */
  get bytesForClient(): number {
    return this.#held[down] + this.#parts.socket.writableLength;
  }

  /** Runs what is called from outside. A fault ends only this connection. */
  #run(act: () => void): void {
    this.#parts.faults.run(act, () => this.destroy());
  }

  #clientSent(chunk: Uint8Array): void {
    const { limit, recorder, timers } = this.#parts;
    const wasFine = !limit.violation;
    this.heardAt = timers.now();
    this.#partial += chunk.length;
    for (const frame of this.#fromClient.push(chunk)) {
      this.#partial -= frame.headerLength + frame.length;
      const number = recorder?.frameSent(up, frame) ?? -1;
      const isClose = frame.opcode === Opcode.close;
      if (isClose) this.#patience.note('client said Close');
      if (isClose || this.#admitted(frame))
        this.#enter(up, { kind: 'frame', bytes: frame.bytes, size: frame.bytes.length, number }, isClose);
      else recorder?.frameDropped(up, number, limit.violation?.reason ?? '');
    }
    // Do not wait for a frame that never ends: count its bytes as they come, less the longest header.
    limit.size(this.#partial - 14);
    if (wasFine && limit.violation) this.#enter(up, { kind: 'violation', bytes: noBytes, size: 0, number: -1 }, true);
  }

  #admitted(frame: Frame): boolean {
    const { limit, timers } = this.#parts;
    if (!limit.size(frame.length)) return false;
    if (frame.opcode === Opcode.pong) return limit.pong(timers.now());
    // A message counts with its last frame.
    const counts = isControl(frame.opcode) || frame.fin;
    return !counts || limit.count(timers.now());
  }

  #clientEnded(): void {
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    this.#patience.note('client ended');
    this.#enter(up, { kind: 'end', bytes: noBytes, size: 0, number: -1 }, true);
    this.#endIfForgotten();
  }

  /** Ends a connection that nobody else will: its client left during the handshake, and the silent link tells nobody. */
  #endIfForgotten(): void {
    if (this.#inputEnded && !this.isOpen && this.#driver.end === 'silent') this.destroy();
  }

  #enter(direction: Direction, unit: Unit, exempt = false): void {
    this.#held[direction] += unit.size;
    this.#driver.send(direction, unit.size, unit, { exempt });
    const { socket, maxHeldBytes } = this.#parts;
    if (direction === up && this.#held[up] > maxHeldBytes) socket.pause();
  }

  #happened(event: LinkEvent<Unit>): void {
    const { name, direction, unit } = event;
    const { recorder, socket, maxHeldBytes } = this.#parts;
    if (name === 'departed') {
      if (unit.kind === 'frame') recorder?.frameDeparted(direction, unit.number, event);
      return;
    }
    this.#held[direction] -= unit.size;
    if (name === 'dropped') recorder?.frameDropped(direction, unit.number, this.#whyDropped(direction));
    else if (direction === up) this.#atServer(unit);
    else this.#atSocket(unit);
    if (socket.isPaused() && this.#held[up] <= maxHeldBytes) socket.resume();
  }

  #whyDropped(direction: Direction): string {
    if (this.#driver.end === 'cut') return 'The link was cut.';
    if (this.#driver.end === 'silent') return 'The link had gone silent: neither end was told.';
    const simplex = !carries(this.#driver.conditions.duplex, direction);
    return simplex ? 'This link is simplex: it carries server-to-client alone.' : 'The link did not carry the frame.';
  }

  #linkEnded(end: LinkEnd): void {
    const { recorder, timers } = this.#parts;
    recorder?.linkEnded(end);
    const { silent, cut } = this.#driver.conditions;
    // Say nothing in either direction: each end finds its connection gone (RFC 6455 §7.1.5, code 1006).
    if (end === 'cut') this.destroy();
    // Cut some time after the silence, as when a machine is gone and TCP gives up long after (RFC 9293 §3.8.3).
    else if (cut > silent) this.#cancelCut = timers.after(cut - silent, () => this.#linkEnded('cut'));
    this.#endIfForgotten();
  }

  #atServer(unit: Unit): void {
    const { recorder, limit, requestArrived, violationArrived, faults } = this.#parts;
    if (unit.kind === 'handshake') {
      recorder?.handshakeReceived(up);
      faults.run(requestArrived, (error) => answerUpgradeFault(this, error));
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
    const { recorder, socket } = this.#parts;
    if (unit.kind === 'end') {
      const finish = this.#finish ?? (() => undefined);
      this.#patience.note('we ended');
      if (socket.destroyed || socket.writableFinished) finish();
      else socket.end(finish);
    } else if (!socket.writable) {
      if (unit.kind === 'frame') recorder?.frameDropped(down, unit.number, 'The client was gone when the frame arrived.');
    } else {
      // Note it before writing: the client may have it before this process goes on.
      if (unit.kind === 'frame') recorder?.frameReceived(down, unit.number);
      else recorder?.handshakeReceived(down);
      socket.write(unit.bytes);
      if (isCloseFrame(unit)) this.#patience.note('we said Close');
    }
  }

  #serverSent(chunk: Buffer): void {
    const frames = this.#answer ? this.#answered(chunk) : chunk;
    for (const frame of this.#fromServer.push(frames)) {
      const number = this.#parts.recorder?.frameSent(down, frame) ?? -1;
      if (frame.opcode === Opcode.ping) this.#parts.limit.pingSent();
      this.#enter(down, { kind: 'frame', bytes: frame.bytes, size: frame.bytes.length, number });
    }
  }

  /** Takes the handshake's answer from what the server wrote and returns the rest. A refusal is all answer, with its body. */
  #answered(chunk: Buffer): Buffer {
    const written = Buffer.concat([this.#answer as Buffer, chunk]);
    const end = written.indexOf('\r\n\r\n');
    this.#answer = end < 0 ? written : undefined;
    if (end < 0) return Buffer.alloc(0);
    const refused = !written.subarray(0, 13).equals(Buffer.from('HTTP/1.1 101 '));
    const answer = refused ? written : written.subarray(0, end + 4);
    this.#parts.recorder?.handshakeSent(down, answer);
    this.#enter(down, { kind: 'handshake', bytes: answer, size: answer.length, number: -1 });
    return written.subarray(answer.length);
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
    this.#run(() => this.#enter(down, { kind: 'end', bytes: noBytes, size: 0, number: -1 }));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#driver.stop();
    this.#patience.stop();
    this.#cancelCut?.();
    this.#parts.socket.destroy();
    callback(error);
  }
}

const isCloseFrame = ({ kind, bytes }: Unit): boolean => kind === 'frame' && ((bytes[0] ?? 0) & 0x0f) === Opcode.close;
