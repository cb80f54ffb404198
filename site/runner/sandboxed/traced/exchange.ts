/** One exchange as the reader's program sees it: reports its head, what is read, and its end to the trace. */
import type { ExchangeEvent } from '../../../../protocol/trace/trace.ts';
import { cut, messageLimits } from '../../message-limits.ts';
import { epochNow } from '../clock.ts';
import type { Observer } from './observer.ts';

type Told<Event> = Event extends unknown ? Omit<Event, 'time' | 'at' | 'connection' | 'request'> : never;

export class ObservedExchange {
  readonly #of: { connection: string; request: number };
  readonly #observer: Observer;
  #chunks = 0;
  #isOver = false;

  constructor(of: { connection: string; request: number }, observer: Observer) {
    this.#of = of;
    this.#observer = observer;
  }

  /** Call it when the program has asked, at `time`. */
  started(time: number, method: string, target: string, api: 'fetch' | 'EventSource'): void {
    const { address, field } = messageLimits;
    this.tell({ name: 'exchange_started', method: cut(method, field), target: cut(target, address), api }, time);
  }

  headCame(status: number): void {
    this.tell({ name: 'response_received', direction: 'server-to-client', part: 0, status });
  }

  /** Call it when the program has got `length` bytes of the content. */
  read(length: number | undefined): void {
    if (!this.#isOver) this.tell({ name: 'chunk_read', chunk: this.#chunks++, ...(length !== undefined && { length }) });
  }

  /** Call it when the program has all of the content. */
  ended(): void {
    this.#end({ name: 'exchange_ended', complete: true });
  }

  aborted(reason = 'The program gave it up.'): void {
    this.#end({ name: 'exchange_ended', complete: false, cause: 'aborted', reason });
  }

  failed(reason = 'It failed on the way; a program is not told why.'): void {
    this.#end({ name: 'exchange_ended', complete: false, cause: 'failed', reason });
  }

  tell(event: Told<ExchangeEvent>, time = epochNow()): void {
    this.#observer.onEvent({ time, at: 'client', ...this.#of, ...event } as ExchangeEvent);
  }

  #end(event: Told<ExchangeEvent>): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.tell(event);
  }
}
