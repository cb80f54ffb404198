/**
 * Sends the page what the Worker has to report, in batches. The first item after a quiet moment goes at once. While too many
 * batches are unanswered, items are held, and beyond a limit dropped and counted.
 */
import type { Batch, WorkerItem } from '../../../../protocol/messages/runner-messages.ts';
import { charactersOf } from '../../item-size.ts';
import { messageLimits } from '../../message-limits.ts';
import { bareList } from '../natives.ts';

/** Limits of the output. Times in ms. */
export const outputLimits = {
  ...messageLimits,
  heldLines: 200,
  heldCharacters: 64_000,
  /** Errors and notes are few and worth more than lines, so there is extra room for this many. */
  heldErrors: 20,
  heldEvents: 20_000,
  /** The most batches sent together at the end. */
  lastBatches: 6,
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
  /** Items from `#first` on; earlier ones have been sent. */
  #held = bareList<WorkerItem | undefined>();
  #first = 0;
  #heldLines = 0;
  #heldCharacters = 0;
  #heldErrors = 0;
  #linesOmitted = 0;
  #eventsOmitted = 0;
  #unanswered = 0;
  #lastBatchAt = -Infinity;
  #isWaiting = false;
  #isUnused = true;

  constructor(seams: OutputSeams) {
    this.#seams = seams;
  }

  /** True if nothing has been put in so far. */
  get isUnused(): boolean {
    return this.#isUnused;
  }

  /** True if a console line put in now would be dropped, so there is no need to format it. */
  get isFull(): boolean {
    return (
      this.#unanswered >= outputLimits.unansweredBatches &&
      (this.#heldLines >= outputLimits.heldLines || this.#heldCharacters >= outputLimits.heldCharacters)
    );
  }

  /** Sends the item now or soon. */
  put(item: WorkerItem): void {
    this.#isUnused = false;
    if (item.type === 'console' && this.isFull) return this.omitLine();
    if ((item.type === 'error' || item.type === 'note') && this.isFull && this.#heldErrors >= outputLimits.heldErrors)
      return this.omitLine();
    if (item.type === 'event' && this.#heldCount >= outputLimits.heldLines + outputLimits.heldEvents) {
      this.#eventsOmitted++;
      return this.#sendIfDue();
    }
    if (item.type === 'console') this.#placeOmitted();
    this.#hold(item);
    this.#sendIfDue();
  }

  /** Counts a console line instead of putting it in. */
  omitLine(): void {
    this.#linesOmitted++;
    this.#sendIfDue();
  }

  /** Called when the page has taken a batch. */
  answered(): void {
    if (this.#unanswered > 0) this.#unanswered--;
    this.#sendIfDue();
  }

  /** Sends what is held, as far as the page accepts it, and then `last`. Nothing can be sent later. */
  end(last: WorkerItem): void {
    for (let i = 0; i < outputLimits.lastBatches && this.#heldCount > 0; i++) this.#post(this.#take());
    const items = bareList<WorkerItem>();
    items[0] = last;
    this.#post(items);
  }

  get #heldCount(): number {
    return this.#held.length - this.#first;
  }

  #hold(item: WorkerItem): void {
    this.#held[this.#held.length] = item;
    this.#count(item, 1);
  }

  #count(item: WorkerItem, by: 1 | -1): void {
    this.#heldCharacters += by * charactersOf(item);
    if (item.type === 'console') this.#heldLines += by;
    else if (item.type === 'error' || item.type === 'note') this.#heldErrors += by;
  }

  /** Puts a mark in place of dropped lines, before the next line that is kept. */
  #placeOmitted(): void {
    if (this.#linesOmitted > 0) this.#hold({ type: 'omitted', count: this.#linesOmitted });
    this.#linesOmitted = 0;
  }

  #sendIfDue(): void {
    const isEmpty = this.#heldCount + this.#linesOmitted + this.#eventsOmitted === 0;
    if (isEmpty) return;
    const passed = this.#seams.now() - this.#lastBatchAt;
    if (this.#unanswered >= outputLimits.unansweredBatches) {
      // An endless loop never hears an answer, but may still report now and then how much was dropped.
      if (this.#linesOmitted > 0 && passed >= outputLimits.countOmittedEvery) this.#sendCount();
      return;
    }
    const isWhole = this.#heldCount >= outputLimits.itemsPerBatch || this.#heldCharacters >= outputLimits.charactersPerBatch;
    if (isWhole || passed >= outputLimits.batchEvery) return this.#send();
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#seams.later(() => {
      this.#isWaiting = false;
      this.#sendIfDue();
    });
  }

  #send(): void {
    if (this.#heldCount === 0) this.#placeOmitted();
    if (this.#eventsOmitted > 0 && this.#heldCount < outputLimits.itemsPerBatch) {
      const text = `${this.#eventsOmitted} events of this client are not in the trace: they came faster than the page could take them.`;
      this.#hold({ type: 'note', time: this.#seams.now(), text });
      this.#eventsOmitted = 0;
    }
    this.#post(this.#take());
    if (this.#heldCount + this.#linesOmitted > 0) this.#sendIfDue();
  }

  /** Removes and returns the first held items, as many as fit in a batch. */
  #take(): WorkerItem[] {
    const items = bareList<WorkerItem>();
    for (let characters = 0; this.#first < this.#held.length && items.length < outputLimits.itemsPerBatch;) {
      const item = this.#held[this.#first] as WorkerItem;
      characters += charactersOf(item);
      if (items.length > 0 && characters > outputLimits.charactersPerBatch) break;
      items[items.length] = item;
      this.#held[this.#first++] = undefined;
      this.#count(item, -1);
    }
    if (this.#first === this.#held.length) {
      this.#held = bareList();
      this.#first = 0;
    }
    return items;
  }

  /**
   * Sends only a count. It includes the held lines, which would come late and in the wrong place. The lines that the loop prints
   * next are held instead, so that its last lines are there when it ends.
   */
  #sendCount(): void {
    const held = this.#held;
    const from = this.#first;
    this.#held = bareList();
    this.#first = 0;
    for (let i = from; i < held.length; i++) {
      const item = held[i] as WorkerItem;
      if (item.type === 'console' || item.type === 'omitted') {
        this.#count(item, -1);
        this.#linesOmitted += item.type === 'omitted' ? item.count : 1;
      } else this.#held[this.#held.length] = item;
    }
    const items = bareList<WorkerItem>();
    items[0] = { type: 'omitted', count: this.#linesOmitted };
    this.#linesOmitted = 0;
    this.#post(items);
  }

  #post(items: WorkerItem[]): void {
    this.#unanswered++;
    this.#lastBatchAt = this.#seams.now();
    this.#seams.post({ type: 'batch', items });
  }
}
