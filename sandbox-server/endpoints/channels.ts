import { History, type HistoryBounds, type Numbered, type Replay } from './history.ts';
import type { Cancel } from './endpoint.ts';

/** How many channels there may be, and what all of them together may keep. */
export interface ChannelBounds extends HistoryBounds {
  channels: number;
  /** Of the histories of all channels together. */
  totalBytes: number;
}

/** Somebody listens on every channel that there may be, so that there is none for another name. `message` says so. */
export class NoChannelLeft extends Error {
  override name = 'NoChannelLeft';
}

/** How often at most all channels are looked through for what is too old, in ms. */
const sweepEvery = 1000;

type Listener<Data> = (message: Numbered<Data>) => void;

/** A name under which messages are published, numbered, kept for a while and heard. */
export class Channel<Data> {
  readonly #history: History<Data>;
  readonly #listeners = new Set<Listener<Data>>();
  readonly #published: () => void;

  constructor(history: History<Data>, published: () => void) {
    this.#history = history;
    this.#published = published;
  }

  get history(): History<Data> {
    return this.#history;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** The id of the last message; before the first, that after which ids begin. */
  get last(): number {
    return this.#history.last;
  }

  publish(data: Data, bytes: number): Numbered<Data> {
    const message = this.#history.add(data, bytes);
    this.#published();
    for (const listener of this.#listeners) listener(message);
    return message;
  }

  after(id: number): Replay<Data> {
    return this.#history.after(id);
  }

  /** Hears every message from now on. While anybody listens the channel is not given up. */
  listen(listener: Listener<Data>): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/**
 * Channels by name. A channel is there as soon as it is named; where there are too many, the one that has been unused for
 * longest and that nobody listens to is given up. Ids of a new channel go on from the highest of those given up, and of all
 * from the epoch, so that who comes back to one, or to a process that was started anew, is told of the gap.
 */
export class Channels<Data> {
  readonly #bounds: ChannelBounds;
  readonly #now: () => number;
  /** The least recently used first. */
  readonly #channels = new Map<string, Channel<Data>>();
  readonly #kept = { bytes: 0 };
  readonly #epoch: number;
  #highestGivenUp: number;
  #agedAt = -Infinity;

  /** `epoch`: the id after which all begin. */
  constructor(bounds: ChannelBounds, now: () => number, epoch = 0) {
    this.#bounds = bounds;
    this.#now = now;
    this.#epoch = this.#highestGivenUp = epoch;
  }

  get size(): number {
    return this.#channels.size;
  }

  /** Bytes that are kept for those who were away. */
  get bytes(): number {
    this.#letAge();
    return this.#kept.bytes;
  }

  /** Those who listen, on all channels. */
  get listeners(): number {
    return [...this.#channels.values()].reduce((sum, { listeners }) => sum + listeners, 0);
  }

  /** Throws NoChannelLeft. */
  open(name: string): Channel<Data> {
    const channel = this.#channels.get(name) ?? this.#create(name);
    this.#channels.delete(name);
    this.#channels.set(name, channel);
    if (this.#now() - this.#agedAt >= sweepEvery) this.#letAge();
    return channel;
  }

  /** Lets go what is too old on every channel: on one that nobody asks for again it would stay for ever. */
  #letAge(): void {
    this.#agedAt = this.#now();
    for (const { history } of this.#channels.values()) history.age();
  }

  #create(name: string): Channel<Data> {
    if (this.#channels.size >= this.#bounds.channels) this.#giveUpOne();
    // A session's own channel (routes.ts) has nobody who could come from another process, so that it counts from 1.
    const [last, epoch] = name.startsWith('~') ? [0, 0] : [this.#highestGivenUp, this.#epoch];
    const history = new History<Data>(this.#bounds, this.#now, this.#kept, last, epoch);
    return new Channel(history, () => this.#makeRoom());
  }

  #giveUpOne(): void {
    for (const [name, { listeners, last, history }] of this.#channels) {
      if (listeners > 0) continue;
      history.clear();
      this.#channels.delete(name);
      this.#highestGivenUp = Math.max(this.#highestGivenUp, last);
      return;
    }
    throw new NoChannelLeft(
      `There are ${this.#bounds.channels} channels in use already, the most this server keeps. Try again later.`,
    );
  }

  /** Lets the oldest messages of all go until the histories together are within their bound. */
  #makeRoom(): void {
    while (this.#kept.bytes > this.#bounds.totalBytes) {
      let oldest: History<Data> | undefined;
      for (const { history } of this.#channels.values()) if (!oldest || history.oldest < oldest.oldest) oldest = history;
      oldest?.drop();
    }
  }
}
