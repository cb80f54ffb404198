/** A message with its number in its channel: one more than the message before it. */
export interface Numbered<Data> {
  id: number;
  data: Data;
}

/** The messages after `after` and before `next` are no longer kept; `next` is the id of the next one to come. */
export interface Gap {
  after: number;
  next: number;
}

/** What a listener who has heard everything up to some id is still to be told: all of it, or a gap and what is kept. */
export interface Replay<Data> {
  gap: Gap | undefined;
  messages: Numbered<Data>[];
}

/** How much one channel keeps: the most messages, their age in ms, and the most bytes. */
export interface HistoryBounds {
  messages: number;
  age: number;
  bytes: number;
}

/** The last messages of one channel, for those who were away. Has no timer: drops what is too old when somebody looks. */
export class History<Data> {
  readonly #bounds: HistoryBounds;
  readonly #now: () => number;
  readonly #kept: (Numbered<Data> & { time: number; bytes: number })[] = [];
  readonly #changed: (bytes: number) => void;
  readonly #beginning: number;
  #last: number;
  #bytes = 0;

  /**
   * Calls `changed` with the bytes it keeps, whenever they change. Ids go on after `last`; nothing is known of that message or
   * of those before it. `beginning` is what the id 0 stands for: nothing was ever said up to it.
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

  /** When the oldest kept message came; Infinity if none is kept. */
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

  /** Drops what is too old. */
  age(): void {
    this.#forget(this.#now());
  }

  /** Drops the oldest message. */
  drop(): void {
    this.#bytes -= this.#kept.shift()?.bytes ?? 0;
    this.#changed(this.#bytes);
  }

  /** Drops everything. */
  clear(): void {
    this.#kept.length = 0;
    this.#bytes = 0;
    this.#changed(0);
  }

  /**
   * Returns what came after the message `id`, or everything since the beginning for 0. An id that this channel has not reached,
   * or that is from before its beginning, belongs to another channel: that is a gap too.
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
