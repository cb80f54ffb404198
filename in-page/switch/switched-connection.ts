/**
 * One connection of the in-page network: what an end writes is cut into units, carried by the link, recorded where the sandbox's
 * tap would see it, and handed to the other end. It is the counterpart of the server's `TappedSocket`, on the run's clock.
 *
 * A simplex link carries Close frames, the handshake and the end of the stream even in the direction that it lacks, as there.
 */
import { readCloseBody } from '../../protocol/wire/close-body.ts';
import { Opcode } from '../../protocol/wire/frame.ts';
import type { Direction } from '../../protocol/wire/direction.ts';
import { whyLost, whyNotCarried } from '../../protocol/wire/drop-reasons.ts';
import { Link, type LinkEnd, type LinkEvent } from '../../protocol/wire/link.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { EventSink } from '../../protocol/trace/recorder.ts';
import { Recorder } from '../../protocol/trace/recorder.ts';
import { asksForWebSocket, grantsWebSocket, type StreamUnit, StreamUnits } from './stream-units.ts';

export type End = 'client' | 'server';

/** What the connection hands to an end. */
export type Handed = { type: 'data'; bytes: Uint8Array } | { type: 'ended' } | { type: 'closed' };

/** What the connection needs from the switch. */
export interface ConnectionParts {
  /** Such as `A1`. */
  name: string;
  /** Returns those of its link, with a seed of its own, as they are now. */
  conditions: () => LinkConditions;
  sink: EventSink;
  /** The run's time, ms. */
  now: () => number;
  hand: (end: End, what: Handed) => void;
}

/** What the link carries: a unit, or the end of the stream. `number` is a frame's, else -1. */
interface Carried {
  unit: StreamUnit | { kind: 'end' };
  number: number;
}

/** What is known of one end. */
interface EndState {
  /** It writes no more. */
  hasEnded: boolean;
  /** The other end's end of the stream has reached it. */
  wasEnded: boolean;
  isClosed: boolean;
}

const directionFrom = (end: End): Direction => (end === 'client' ? 'client-to-server' : 'server-to-client');

export class SwitchedConnection {
  readonly #parts: ConnectionParts;
  readonly #link: Link<Carried>;
  readonly #recorder: Recorder;
  readonly #units = { client: new StreamUnits(asksForWebSocket), server: new StreamUnits(grantsWebSocket) };
  readonly #ends: Record<End, EndState> = {
    client: { hasEnded: false, wasEnded: false, isClosed: false },
    server: { hasEnded: false, wasEnded: false, isClosed: false },
  };
  #isOpen = false;
  /** When a link that has gone silent is cut. */
  #cutAt = Infinity;
  /** The code and reason of the Close frame that the server has received (RFC 6455 §7.1.5). */
  #closedWith: { code: number; reason: string } | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#link = new Link(parts.conditions(), parts.now());
    this.#recorder = new Recorder(parts.name, parts.sink, parts.now);
  }

  get name(): string {
    return this.#parts.name;
  }

  /** The run's conditions have changed. */
  conditionsChanged(): void {
    this.#link.conditions = this.#parts.conditions();
  }

  /** When to call `advance` next, ms of the run; undefined while the link has nothing to do. */
  get nextTime(): number | undefined {
    if (this.isGone) return undefined;
    const next = Math.min(this.#cutAt, this.#link.nextTime ?? Infinity);
    return next === Infinity ? undefined : next;
  }

  /** True once both ends are done with it. */
  get isGone(): boolean {
    return this.#ends.client.isClosed && this.#ends.server.isClosed;
  }

  write(from: End, bytes: Uint8Array): void {
    if (this.#ends[from].hasEnded || this.#ends[from].isClosed) return;
    for (const unit of this.#units[from].push(bytes)) this.#enter(from, unit);
  }

  /** The end writes no more. */
  end(from: End): void {
    const state = this.#ends[from];
    if (state.hasEnded) return;
    state.hasEnded = true;
    this.#send(from, { unit: { kind: 'end' }, number: -1 }, 0, true);
    this.#closeIfDone(from);
  }

  /** The end wants nothing more of it. */
  destroy(from: End): void {
    this.end(from);
    this.#close(from);
  }

  /** Carries out what is due on the link by now. */
  advance(): void {
    const hadEnded = this.#link.end;
    const now = this.#parts.now();
    for (const event of this.#link.advance(now)) this.#happened(event);
    if (this.#link.end && !hadEnded) this.#linkEnded(this.#link.end);
    if (now >= this.#cutAt) this.#linkEnded('cut');
  }

  #linkEnded(how: LinkEnd): void {
    this.#recorder.linkEnded(how);
    const { silent, cut } = this.#link.conditions;
    if (how === 'cut') {
      this.#cutAt = Infinity;
      // Each end finds its connection gone (RFC 6455 §7.1.5, code 1006).
      for (const end of ['client', 'server'] as const) this.#close(end);
      // A silent link tells nobody, until TCP gives up long after (RFC 9293 §3.8.3).
    } else if (cut > silent) this.#cutAt = this.#parts.now() + cut - silent;
  }

  #enter(from: End, unit: StreamUnit): void {
    const direction = directionFrom(from);
    if (unit.kind === 'frame') {
      const number = this.#recorder.frameSent(direction, unit.frame);
      const isClose = unit.frame.opcode === Opcode.close;
      this.#send(from, { unit, number }, unit.frame.bytes.length, isClose && from === 'client');
      return;
    }
    if (unit.kind === 'head') {
      this.#recorder.handshakeSent(direction, unit.bytes);
      if (from === 'server' && unit.leadsToFrames) {
        this.#isOpen = true;
        this.#recorder.opened();
      }
    }
    this.#send(from, { unit, number: -1 }, unit.bytes.length, from === 'client');
  }

  #send(from: End, carried: Carried, bytes: number, exempt: boolean): void {
    this.#link.send(directionFrom(from), bytes, carried, this.#parts.now(), { exempt });
  }

  #happened({ name, direction, unit: { unit, number }, ...departure }: LinkEvent<Carried>): void {
    const to: End = direction === 'client-to-server' ? 'server' : 'client';
    if (name === 'departed') {
      if (unit.kind === 'frame') this.#recorder.frameDeparted(direction, number, departure);
    } else if (name === 'dropped') {
      if (unit.kind === 'frame') this.#recorder.frameDropped(direction, number, this.#whyDropped(direction));
    } else this.#arrived(to, direction, unit, number);
  }

  #whyDropped(direction: Direction): string {
    const { end, conditions } = this.#link;
    return end ? whyLost[end] : whyNotCarried(conditions.duplex, direction);
  }

  #arrived(to: End, direction: Direction, unit: Carried['unit'], number: number): void {
    const state = this.#ends[to];
    if (unit.kind === 'end') {
      state.wasEnded = true;
      if (!state.isClosed) this.#parts.hand(to, { type: 'ended' });
      this.#closeIfDone(to);
      return;
    }
    if (unit.kind === 'head') this.#recorder.handshakeReceived(direction);
    if (unit.kind === 'frame') {
      this.#recorder.frameReceived(direction, number);
      if (to === 'server' && unit.frame.opcode === Opcode.close) this.#closedWith ??= readCloseBody(unit.frame.payload);
    }
    if (!state.isClosed) this.#parts.hand(to, { type: 'data', bytes: unit.kind === 'frame' ? unit.frame.bytes : unit.bytes });
  }

  /** A connection is closed for an end that has ended its side and heard that the other has. */
  #closeIfDone(end: End): void {
    const { hasEnded, wasEnded } = this.#ends[end];
    if (hasEnded && wasEnded) this.#close(end);
  }

  #close(end: End): void {
    const state = this.#ends[end];
    if (state.isClosed) return;
    state.isClosed = true;
    this.#parts.hand(end, { type: 'closed' });
    if (end === 'server' && this.#isOpen) {
      const { code, reason } = this.#closedWith ?? { code: 1006, reason: '' };
      this.#recorder.closed(code, reason);
    }
  }
}
