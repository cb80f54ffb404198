/**
 * Sends the page what the Worker has to report, in batches. The first item after a quiet moment goes at once. While too many
 * batches are unanswered, items are held, and beyond a limit dropped and counted. Of the lines that are dropped the last ones are
 * kept, as far as they came when the flood ends.
 */
import type { Batch, WorkerItem } from '../../../../protocol/messages/runner-messages.ts';
import { charactersOf } from '../../item-size.ts';
import { messageLimits } from '../../message-limits.ts';
import { bareList } from '../natives.ts';
import { LastLines, type MakeLine } from './last-lines.ts';

/** Limits of the output. Times in ms. */
export const outputLimits = {
  ...messageLimits,
  heldLines: 200,
  heldCharacters: 64_000,
  /** So much of both is for the last lines of a flood. */
  lastLines: 20,
  lastCharacters: 8_000,
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
  readonly #lastLines = new LastLines(outputLimits.lastLines);
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

  /** True if there is no room for a console line now: it can be the last of a flood at most. */
  get isFull(): boolean {
    const { heldLines, lastLines, heldCharacters, lastCharacters } = outputLimits;
    return (
      this.#unanswered >= outputLimits.unansweredBatches &&
      (this.#heldLines >= heldLines - lastLines || this.#heldCharacters >= heldCharacters - lastCharacters)
    );
  }

  /** Sends the item now or soon. */
  put(item: WorkerItem): void {
    this.#isUnused = false;
    if (item.type === 'console' && this.isFull) return this.omitLine(() => item);
    if ((item.type === 'error' || item.type === 'note') && this.isFull && this.#heldErrors >= outputLimits.heldErrors) {
      this.#linesOmitted++;
      return this.#sendIfDue();
    }
    if (item.type === 'event' && this.#heldCount >= outputLimits.heldLines + outputLimits.heldEvents) {
      this.#eventsOmitted++;
      return this.#sendIfDue();
    }
    if (item.type === 'console') this.#placeOmitted();
    this.#hold(item);
    this.#sendIfDue();
  }

  /**
   * Counts a console line instead of putting it in. Calls `makeLine` only if it turns out to be among the last of a flood; without
   * it, the line is left out and so are those before it.
   */
  omitLine(makeLine?: MakeLine): void {
    this.#linesOmitted += makeLine ? this.#lastLines.add(makeLine) : this.#lastLines.drop() + 1;
    this.#sendIfDue();
  }

  /** Called when the page has taken a batch. */
  answered(): void {
    if (this.#unanswered > 0) this.#unanswered--;
    this.#sendIfDue();
  }

  /** Sends what is held, as far as the page accepts it, and then `last`. Nothing can be sent later. */
  end(last: WorkerItem): void {
    this.#placeOmitted();
    for (let i = 0; i < outputLimits.lastBatches && this.#heldCount > 0; i++) this.#post(this.#take());
    const items = bareList<WorkerItem>();
    items[0] = last;
    this.#post(items);
  }

  get #heldCount(): number {
    return this.#held.length - this.#first;
  }

  get #waitingCount(): number {
    return this.#heldCount + this.#linesOmitted + this.#lastLines.size;
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

  /** Puts a mark in place of dropped lines and the last of them behind it, before the next line that is kept. */
  #placeOmitted(): void {
    const { size } = this.#lastLines;
    const lines = this.#lastLines.take(outputLimits.lastCharacters);
    this.#linesOmitted += size - lines.length;
    if (this.#linesOmitted > 0) this.#hold({ type: 'omitted', count: this.#linesOmitted });
    this.#linesOmitted = 0;
    for (let i = 0; i < lines.length; i++) this.#hold(lines[i] as WorkerItem);
  }

  #sendIfDue(): void {
    const isEmpty = this.#waitingCount + this.#eventsOmitted === 0;
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
    if (this.#waitingCount > 0) this.#sendIfDue();
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
