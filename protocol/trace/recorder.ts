import { type Frame, isControl, Opcode } from '../wire/frame.ts';
import type { LinkEnd } from '../wire/link.ts';
import type { Direction } from '../wire/direction.ts';
import { toHex, type TraceEvent } from './trace.ts';

/** Takes the events of a connection. */
export interface EventSink {
  /** False while nobody would see an event: then we make none. */
  readonly wanted: boolean;
  add(event: TraceEvent): void;
}

/** What the link says about a departure. */
export interface Departure {
  resent?: number | undefined;
  /** ms */
  takes?: number | undefined;
}

/** Returns the departure as a trace event tells it: to the microsecond, without the fields that are zero. */
export function departureOf({ resent = 0, takes = 0 }: Departure): { resent?: number; takes?: number } {
  const micros = Math.round(takes * 1000);
  return { ...(resent > 0 && { resent }), ...(micros > 0 && { takes: micros / 1000 }) };
}

/** Frames and messages counted so far in one direction. */
interface Counts {
  frames: number;
  messages: number;
}

/** Reports what is seen of one connection at its link and its server as trace events. */
export class Recorder {
  readonly connection: string;
  readonly #sink: EventSink;
  readonly #now: () => number;
  readonly #capturedBytes: number;
  readonly #hex: (bytes: Uint8Array) => string;
  readonly #counts: Record<Direction, Counts> = {
    'client-to-server': { frames: 0, messages: 0 },
    'server-to-client': { frames: 0, messages: 0 },
  };

  /** `capturedBytes` says how many of each frame's first bytes to tell; `hex` writes bytes as `toHex` does. */
  constructor(connection: string, sink: EventSink, now: () => number, { capturedBytes = Infinity, hex = toHex } = {}) {
    this.connection = connection;
    this.#sink = sink;
    this.#now = now;
    this.#capturedBytes = capturedBytes;
    this.#hex = hex;
  }

  handshakeSent(direction: Direction, bytes: Uint8Array | undefined): void {
    const at = direction === 'client-to-server' ? 'socket' : 'server';
    const seen = bytes ? { bytes: this.#hex(bytes) } : {};
    this.#add({ ...this.#base(), at, name: 'handshake_sent', direction, ...seen });
  }

  handshakeReceived(direction: Direction): void {
    const at = direction === 'client-to-server' ? 'server' : 'socket';
    this.#add({ ...this.#base(), at, name: 'handshake_received', direction });
  }

  opened(): void {
    this.#add({ ...this.#base(), at: 'server', name: 'connection_opened' });
  }

  closed(code: number, reason: string): void {
    this.#add({ ...this.#base(), at: 'server', name: 'connection_closed', code, reason, wasClean: code !== 1006 });
  }

  /** A frame entered the link. Returns its number in its direction. */
  frameSent(direction: Direction, frame: Frame): number {
    const counts = this.#counts[direction];
    const number = counts.frames++;
    if (frame.opcode === Opcode.text || frame.opcode === Opcode.binary) counts.messages++;
    if (!this.#sink.wanted) return number;
    const message = isControl(frame.opcode) || counts.messages === 0 ? {} : { message: counts.messages - 1 };
    this.#add({
      ...this.#base(),
      at: direction === 'client-to-server' ? 'socket' : 'server',
      name: 'frame_sent',
      direction,
      frame: number,
      ...message,
      fin: frame.fin,
      rsv: (frame.rsv1 ? 4 : 0) | (frame.rsv2 ? 2 : 0) | (frame.rsv3 ? 1 : 0),
      opcode: frame.opcode,
      masked: frame.maskingKey !== undefined,
      length: frame.length,
      bytes: this.#hex(frame.bytes.subarray(0, this.#capturedBytes)),
    });
    return number;
  }

  /** Measures the time as the receipt does: on one clock, an arrival and the departure that waited for it keep their order. */
  frameDeparted(direction: Direction, frame: number, departure: Departure = {}): void {
    this.#add({ ...this.#base(), ...departureOf(departure), at: 'link', name: 'frame_departed', direction, frame });
  }

  frameReceived(direction: Direction, frame: number): void {
    const at = direction === 'client-to-server' ? 'server' : 'socket';
    this.#add({ ...this.#base(), at, name: 'frame_received', direction, frame });
  }

  frameDropped(direction: Direction, frame: number, reason: string): void {
    this.#add({ ...this.#base(), at: 'link', name: 'frame_dropped', direction, frame, reason });
  }

  /** Called when the link carries nothing any more. */
  linkEnded(end: LinkEnd): void {
    this.#add({ ...this.#base(), at: 'link', name: end === 'cut' ? 'link_cut' : 'link_silenced' });
  }

  #base(): { time: number; connection: string } {
    return { time: this.#now(), connection: this.connection };
  }

  #add(event: TraceEvent): void {
    if (this.#sink.wanted) this.#sink.add(event);
  }
}
