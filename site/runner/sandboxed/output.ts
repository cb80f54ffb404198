/**
 * What the Worker has to tell the page, in batches. The first item after a quiet moment goes at once; while the page has
 * too many batches unanswered, items are held back, and beyond a bound left out and counted.
 */
import type { Batch, LinesOmitted, WorkerItem } from '../../../protocol/runner-messages.ts';

/** Bounds of the output. Times in ms. */
export const outputLimits = {
  itemsPerBatch: 100,
  unansweredBatches: 4,
  heldLines: 200,
  heldEvents: 20_000,
  batchEvery: 16,
  countOmittedEvery: 250,
};

/** What the output needs from its surroundings. */
export interface OutputSeams {
  post(batch: Batch): void;
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls back after `outputLimits.batchEvery`. */
  later(callback: () => void): void;
}

/** A Worker's output. */
export class Output {
  readonly #seams: OutputSeams;
  #held: WorkerItem[] = [];
  #heldLines = 0;
  #linesOmitted = 0;
  #eventsOmitted = 0;
  #unanswered = 0;
  #lastBatchAt = -Infinity;
  #isWaiting = false;

  constructor(seams: OutputSeams) {
    this.#seams = seams;
  }

  /** True where a console line put in now would be left out: no need to format it. */
  get isFull(): boolean {
    return this.#unanswered >= outputLimits.unansweredBatches && this.#heldLines >= outputLimits.heldLines;
  }

  /** Sends the item now or soon. */
  put(item: WorkerItem): void {
    if (item.type === 'console' && this.isFull) return this.omitLine();
    if (item.type === 'event' && this.#held.length >= outputLimits.heldLines + outputLimits.heldEvents) {
      this.#eventsOmitted++;
      return this.#sendIfDue();
    }
    if (item.type === 'console') {
      this.#placeOmitted();
      this.#heldLines++;
    }
    this.#held.push(item);
    this.#sendIfDue();
  }

  /** Counts a console line instead of putting it in. */
  omitLine(): void {
    this.#linesOmitted++;
    this.#sendIfDue();
  }

  /** The page has taken a batch. */
  answered(): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    this.#sendIfDue();
  }

  /** Where lines were left out, the mark stands in their place: before the next line that is not. */
  #placeOmitted(): void {
    if (this.#linesOmitted > 0) this.#held.push({ type: 'omitted', count: this.#linesOmitted } satisfies LinesOmitted);
    this.#linesOmitted = 0;
  }

  #sendIfDue(): void {
    const isEmpty = this.#held.length + this.#linesOmitted + this.#eventsOmitted === 0;
    if (isEmpty) return;
    const passed = this.#seams.now() - this.#lastBatchAt;
    if (this.#unanswered >= outputLimits.unansweredBatches) {
      // A loop that never ends never hears an answer: it may still say now and then how much was left out.
      if (this.#linesOmitted > 0 && passed >= outputLimits.countOmittedEvery) this.#sendCount();
      return;
    }
    if (this.#held.length >= outputLimits.itemsPerBatch || passed >= outputLimits.batchEvery) return this.#send();
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#seams.later(() => {
      this.#isWaiting = false;
      this.#sendIfDue();
    });
  }

  #send(): void {
    if (this.#held.length === 0) this.#placeOmitted();
    if (this.#eventsOmitted > 0 && this.#held.length < outputLimits.itemsPerBatch) {
      const text = `${this.#eventsOmitted} events of this client are not in the trace: they came faster than the page could take them.`;
      this.#held.push({ type: 'note', time: this.#seams.now(), text });
      this.#eventsOmitted = 0;
    }
    const items = this.#held.splice(0, outputLimits.itemsPerBatch);
    for (const { type } of items) if (type === 'console') this.#heldLines--;
    this.#unanswered++;
    this.#post(items);
    if (this.#held.length + this.#linesOmitted > 0) this.#sendIfDue();
  }

  #sendCount(): void {
    const items: WorkerItem[] = [...this.#held, { type: 'omitted', count: this.#linesOmitted }];
    this.#held = [];
    this.#heldLines = 0;
    this.#linesOmitted = 0;
    this.#unanswered++;
    this.#post(items);
  }

  #post(items: WorkerItem[]): void {
    this.#lastBatchAt = this.#seams.now();
    this.#seams.post({ type: 'batch', items });
  }
}
