/** Reads the source being played as it grows, and hands the conversation to the page now and then. */
import { type Signal, signal } from '@preact/signals';
import { type Conversation, ConversationReader, type Source } from '../conversation/conversation.ts';
import { countRooms } from '../conversation/lane-pairs.ts';

/** How often to update what is written out (measures, table) during a run, ms: at least, and more for each frame. */
const writtenEvery = { atLeast: 200, perFrame: 0.04 };

export class GrowingConversation {
  /** The conversation as last written out. */
  readonly written: Signal<Conversation>;
  /** How many pairs of lanes to keep room for: never fewer than there have been, so that the page does not jump. */
  readonly pairs: Signal<number>;
  /** The picture's height in pairs of lanes, including what their queues need. During a run it follows the pairs alone. */
  readonly rooms: Signal<number>;
  /** How long frames took before this run: the first guess for this one. */
  usualMs: number | undefined;
  #source: Source;
  #reader: ConversationReader;
  #current: Conversation;
  #isStale = false;
  #writtenAt = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#reader = new ConversationReader(source);
    this.#current = this.#reader.read();
    this.written = signal(this.#current);
    this.pairs = signal(Math.max(1, this.#current.pairs.length));
    this.rooms = signal(countRooms(this.#current));
  }

  get source(): Source {
    return this.#source;
  }

  /** The conversation as last read. */
  get current(): Conversation {
    return this.#current;
  }

  /** True if the page has not been handed what was last read. */
  get isUnwritten(): boolean {
    return this.written.peek() !== this.#current;
  }

  /** Reads another source from now on. */
  play(source: Source): void {
    this.usualMs = this.latestOneWayMs() ?? this.usualMs;
    this.#source = source;
    this.#reader = new ConversationReader(source);
    this.#isStale = true;
  }

  /** Reads a trace that does not run, and makes the picture as high as it needs, even if it was higher before. */
  fit(): void {
    this.pairs.value = 1;
    this.read(false);
    this.rooms.value = countRooms(this.#current);
  }

  /** Notes that the source has grown. */
  grew(): void {
    this.#isStale = true;
  }

  /** Reads what is new. */
  read(isRunning: boolean): void {
    if (!this.#isStale && !this.#reader.isBehind) return;
    this.#isStale = false;
    this.#current = this.#reader.read(isRunning);
    this.pairs.value = Math.max(this.pairs.value, this.#current.pairs.length);
    this.rooms.value = Math.max(this.rooms.value, this.pairs.value);
  }

  /** Returns true if it is time to write: always at rest, and during a run less often the more flights there are. */
  isDue(isRunning: boolean): boolean {
    const wait = Math.max(writtenEvery.atLeast, writtenEvery.perFrame * this.#source.flights.length);
    return this.isUnwritten && (!isRunning || performance.now() - this.#writtenAt >= wait);
  }

  /** Hands the page what was last read. */
  write(): void {
    this.#writtenAt = performance.now();
    this.written.value = this.#current;
  }

  /** Returns how long the latest frame took, ms; undefined if none has arrived. */
  latestOneWayMs(): number | undefined {
    const last = this.#source.flights.findLast(({ receivedAt, kind }) => receivedAt !== undefined && kind === 'frame');
    return last && this.#current.lastOneWayMs(last);
  }
}
