/** Reports what happens in one HTTP exchange as trace events, as the sandbox's recorder does (sandbox-server/tap), on the run's clock. */
import { type Departure, departureOf } from '../../../protocol/trace/recorder.ts';
import { type ExchangeEvent, toHex, type TraceEvent } from '../../../protocol/trace/trace.ts';
import type { LinkEnd } from '../../../protocol/wire/link.ts';

type Told<Event> = Event extends unknown ? Omit<Event, 'time' | 'connection' | 'exchange' | 'request'> : never;

/** Which exchange it is. */
export interface ExchangeName {
  connection: string;
  /** Counts the exchanges of the run. */
  exchange: number;
  /** Counts what the client asked of the address; absent where the client does not count. */
  request?: number;
}

const up = { direction: 'client-to-server' } as const;
const down = { direction: 'server-to-client' } as const;

export class ExchangeRecorder {
  readonly #of: ExchangeName;
  readonly #add: (event: TraceEvent) => void;
  readonly #now: () => number;

  constructor(of: ExchangeName, add: (event: TraceEvent) => void, now: () => number) {
    this.#of = of;
    this.#add = add;
    this.#now = now;
  }

  /** `socket` counts the run's TCP connections that carry HTTP. */
  started(method: string, target: string, socket: number): void {
    this.#tell({ at: 'socket', name: 'exchange_started', method, target, socket });
  }

  requestSent(bytes: Uint8Array): void {
    this.#tell({ ...up, at: 'socket', name: 'request_sent', length: bytes.length, bytes: toHex(bytes) });
  }

  requestDeparted(departure: Departure): void {
    this.#tell({ ...up, at: 'link', name: 'request_departed', ...departureOf(departure) });
  }

  requestReceived(): void {
    this.#tell({ ...up, at: 'server', name: 'request_received' });
  }

  requestDropped(reason: string): void {
    this.#tell({ ...up, at: 'link', name: 'request_dropped', reason });
  }

  /** `status` comes with a head; `length` counts content. */
  responseSent(part: number, length: number, status: number | undefined, isFinal: boolean): void {
    this.#tell({ ...down, at: 'server', name: 'response_sent', part, ...statusIf(status), length, ...finalIf(isFinal) });
  }

  responseDeparted(part: number, departure: Departure): void {
    this.#tell({ ...down, at: 'link', name: 'response_departed', part, ...departureOf(departure) });
  }

  /** `status` is present if the link itself answers: then no earlier event has told it. */
  responseReceived(part: number, bytes: Uint8Array, isFinal: boolean, status?: number): void {
    const seen = { length: bytes.length, bytes: toHex(bytes) };
    this.#tell({ ...down, at: 'socket', name: 'response_received', part, ...statusIf(status), ...seen, ...finalIf(isFinal) });
  }

  responseDropped(part: number, reason: string): void {
    this.#tell({ ...down, at: 'link', name: 'response_dropped', part, reason });
  }

  /** Called when the link carries nothing any more. */
  linkEnded(end: LinkEnd): void {
    const name = end === 'cut' ? 'link_cut' : 'link_silenced';
    this.#add({ time: this.#now(), connection: this.#of.connection, at: 'link', name });
  }

  /** `reason` says why it was not answered whole; undefined where it was. */
  ended(reason: string | undefined): void {
    const how = reason === undefined ? { complete: true } : { complete: false, reason };
    this.#tell({ at: 'socket', name: 'exchange_ended', ...how });
  }

  #tell(event: Told<ExchangeEvent>): void {
    this.#add({ time: this.#now(), ...this.#of, ...event });
  }
}

const statusIf = (status: number | undefined): { status?: number } => (status === undefined ? {} : { status });
const finalIf = (isFinal: boolean): { final?: true } => (isFinal ? { final: true } : {});
