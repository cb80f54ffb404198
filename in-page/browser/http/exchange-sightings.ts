/** Puts what a client's program sees of a request into the trace, as the live network's observer does (site/runner/sandboxed/traced). */
import type { ExchangeEvent } from '../../../protocol/trace/trace.ts';
import type { Seen } from '../../switch/peer.ts';
import type { Asked } from './http-client.ts';

type Told<Event> = Event extends unknown ? Omit<Event, 'time' | 'at' | 'connection' | 'request'> : never;

/** Characters of an address, and of any other text, that the trace keeps. */
const longest = { address: 2_000, field: 500 };
const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);

export class ExchangeSightings {
  readonly #asked: Asked;
  #chunks = 0;
  #events = 0;
  #isOver = false;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** The program has asked. `target` is the address as it wrote it. */
  started(method: string, target: string, api: 'fetch' | 'EventSource'): void {
    this.#tell({
      name: 'exchange_started',
      method: cut(method, longest.field),
      target: cut(target, longest.address),
      api,
    });
  }

  headCame(status: number): void {
    if (!this.#isOver) this.#tell({ name: 'response_received', direction: 'server-to-client', part: 0, status });
  }

  /** The program has got so many bytes of the content. */
  read(length: number): void {
    if (!this.#isOver) this.#tell({ name: 'chunk_read', chunk: this.#chunks++, length });
  }

  /** An EventSource has dispatched an event; `length` is that of its data, bytes. */
  event(type: string, lastEventId: string, length: number): void {
    this.#tell({
      name: 'event_received',
      event: this.#events++,
      type: cut(type, longest.field),
      lastEventId: cut(lastEventId, longest.field),
      length,
    });
  }

  reconnecting(): void {
    this.#tell({ name: 'reconnecting' });
  }

  /** The program has all of the content. */
  ended(): void {
    this.#end({ name: 'exchange_ended', complete: true });
  }

  aborted(reason = 'The program gave it up.'): void {
    this.#end({ name: 'exchange_ended', complete: false, cause: 'aborted', reason });
  }

  failed(reason = 'It failed on the way; a program is not told why.'): void {
    this.#end({ name: 'exchange_ended', complete: false, cause: 'failed', reason });
  }

  #end(event: Told<ExchangeEvent>): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#tell(event);
  }

  #tell(event: Told<ExchangeEvent>): void {
    this.#asked.address.saw({ ...event, request: this.#asked.request } as Seen);
  }
}
