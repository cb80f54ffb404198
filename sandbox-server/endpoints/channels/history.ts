/** A message, numbered in its channel: one more than that before it. */
export interface Numbered<Data> {
  id: number;
  data: Data;
}

/** Messages after `after` and before `next` are not kept any more; `next` is the id of the next that comes. */
export interface Gap {
  after: number;
  next: number;
}

/** What one who has heard everything up to some id has still to be told: all of it, or of a gap and what is kept. */
export interface Replay<Data> {
  gap: Gap | undefined;
  messages: Numbered<Data>[];
}

/** How much one channel keeps: so many messages, for so many ms, and so many bytes. */
export interface HistoryBounds {
  messages: number;
  age: number;
  bytes: number;
}

/** The last messages of one channel, for those who were away. Keeps no timer: what is too old goes when somebody looks. */
export class History<Data> {
  readonly #bounds: HistoryBounds;
  readonly #now: () => number;
  readonly #kept: (Numbered<Data> & { time: number; bytes: number })[] = [];
  readonly #changed: (bytes: number) => void;
  readonly #beginning: number;
  #last: number;
  #bytes = 0;

  /**
   * Tells `changed` of the bytes that it keeps, whenever these are others. Ids go on after `last`, of which and of those before
   * nothing is known. `beginning` is what the id 0 stands for: nothing was ever said up to it.
   */
  constructor(bounds: HistoryBounds, now: () => number, changed: (bytes: number) => void, last = 0, beginning = 0) {
    this.#bounds = bounds;
    this.#now = now;
    this.#changed = changed;
    this.#last = last;
    this.#beginning = beginning;
  }

  /** The id of the last message, kept or not. */
  get last(): number {
    return this.#last;
  }

  /** When the oldest message that is kept came; Infinity where none is. */
  get oldest(): number {
    return this.#kept[0]?.time ?? Infinity;
  }

  add(data: Data, bytes: number): Numbered<Data> {
    const time = this.#now();
    this.#kept.push({ id: ++this.#last, data, time, bytes });
    this.#bytes += bytes;
    const id = this.#last;
    this.#forget(time);
    this.#changed(this.#bytes);
    return { id, data };
  }

  /** Lets go what is too old. */
  age(): void {
    this.#forget(this.#now());
  }

  /** Lets the oldest message go. */
  drop(): void {
    this.#bytes -= this.#kept.shift()?.bytes ?? 0;
    this.#changed(this.#bytes);
  }

  /** Lets all go. */
  clear(): void {
    this.#kept.length = 0;
    this.#bytes = 0;
    this.#changed(0);
  }

  /**
   * What came after the message `id`, or with 0 from the beginning. An id that this channel has not come to, or that is from
   * before its beginning, is another's: that is a gap too.
   */
  after(id: number): Replay<Data> {
    this.#forget(this.#now());
    const first = this.#kept[0]?.id ?? this.#last + 1;
    const from = id === 0 ? this.#beginning : id;
    const known = from >= first - 1 && from <= this.#last;
    const heard = known ? from : 0;
    const messages = this.#kept
      .filter((message) => message.id > heard)
      .map((message) => ({ id: message.id, data: message.data }));
    return { gap: known ? undefined : { after: id, next: first }, messages };
  }

  #forget(now: number): void {
    const { messages, age, bytes } = this.#bounds;
    while (this.#kept.length > messages || this.#bytes > bytes || this.oldest < now - age) this.drop();
  }
}
