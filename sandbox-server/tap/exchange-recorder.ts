import type { LinkEnd } from '../../protocol/wire/link.ts';
import type { ExchangeEvent } from '../../protocol/trace/trace.ts';
import { type Departure, departureOf, type EventSink } from '../../protocol/trace/recorder.ts';

type Told<Event> = Event extends unknown ? Omit<Event, 'time' | 'connection' | 'exchange' | 'request'> : never;

const up = { direction: 'client-to-server' } as const;
const down = { direction: 'server-to-client' } as const;

/** Reports what happens in one HTTP exchange as trace events, on the server's clock. */
export class ExchangeRecorder {
  readonly #of: { connection: string; exchange: number; request?: number };
  readonly #sink: EventSink;
  readonly #now: () => number;

  /** `exchange` counts the session's exchanges; `request` counts the client's requests, if the client numbers them. */
  constructor(of: { connection: string; exchange: number; request?: number }, sink: EventSink, now: () => number) {
    this.#of = of;
    this.#sink = sink;
    this.#now = now;
  }

  /** `socket` counts the session's TCP connections. */
  started(method: string, target: string, socket: number): void {
    this.#add({ at: 'socket', name: 'exchange_started', method, target, socket });
  }

  requestSent(bytes: Buffer | undefined): void {
    const seen = bytes ? { length: bytes.length, bytes: bytes.toString('hex') } : {};
    this.#add({ ...up, at: 'socket', name: 'request_sent', ...seen });
  }

  requestDeparted(departure: Departure): void {
    this.#add({ ...up, at: 'link', name: 'request_departed', ...departureOf(departure) });
  }

  requestReceived(): void {
    this.#add({ ...up, at: 'server', name: 'request_received' });
  }

  requestDropped(reason: string): void {
    this.#add({ ...up, at: 'link', name: 'request_dropped', reason });
  }

  responseDropped(part: number, reason: string): void {
    this.#add({ ...down, at: 'link', name: 'response_dropped', part, reason });
  }

  /** Called when the link carries nothing any more. */
  linkEnded(end: LinkEnd): void {
    if (!this.#sink.wanted) return;
    const name = end === 'cut' ? 'link_cut' : 'link_silenced';
    this.#sink.add({ time: this.#now(), connection: this.#of.connection, at: 'link', name });
  }

  /** `status` comes with the first part; `length` counts content. */
  responseSent(part: number, length: number, status: number | undefined, final: boolean): void {
    const first = status === undefined ? {} : { status };
    this.#add({ ...down, at: 'server', name: 'response_sent', part, ...first, length, ...(final ? { final } : {}) });
  }

  responseDeparted(part: number, departure: Departure): void {
    this.#add({ ...down, at: 'link', name: 'response_departed', part, ...departureOf(departure) });
  }

  /**
   * `time` is when its writing began, on the server's clock. `status` is present if the link itself answers: then no earlier
   * event has told it.
   */
  responseReceived(part: number, bytes: Buffer, final: boolean, time: number, status?: number): void {
    const first = status === undefined ? {} : { status };
    const seen = { length: bytes.length, bytes: bytes.toString('hex') };
    this.#add({ ...down, at: 'socket', name: 'response_received', part, ...first, ...seen, ...(final ? { final } : {}) }, time);
  }

  ended(reason: string | undefined): void {
    const how = reason === undefined ? { complete: true } : { complete: false, reason };
    this.#add({ at: 'socket', name: 'exchange_ended', ...how });
  }

  #add(event: Told<ExchangeEvent>, time = this.#now()): void {
    if (this.#sink.wanted) this.#sink.add({ time, ...this.#of, ...event });
  }
}
