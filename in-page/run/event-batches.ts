/** Sends a run's events to the page in batches, no faster than the page takes them. */
import type { TraceEvent } from '../../protocol/trace/trace.ts';

const limits = {
  eventsPerBatch: 500,
  /** Batches that the page has not taken yet. */
  unanswered: 4,
};

export class EventBatches {
  readonly #post: (events: TraceEvent[]) => void;
  #events: TraceEvent[] = [];
  #unanswered = 0;
  #onRoom: (() => void) | undefined;

  constructor(post: (events: TraceEvent[]) => void) {
    this.#post = post;
  }

  add(event: TraceEvent): void {
    this.#events.push(event);
    if (this.#events.length >= limits.eventsPerBatch) this.flush();
  }

  /** Sends what there is. */
  flush(): void {
    if (this.#events.length === 0) return;
    this.#unanswered++;
    this.#post(this.#events);
    this.#events = [];
  }

  /** The page has taken a batch. */
  taken(): void {
    this.#unanswered--;
    if (this.#unanswered < limits.unanswered) this.#onRoom?.();
  }

  /** Returns a promise of the moment at which the page has caught up; undefined if it has. */
  room(): Promise<void> | undefined {
    if (this.#unanswered < limits.unanswered) return undefined;
    return new Promise((resolve) => (this.#onRoom = resolve));
  }
}
