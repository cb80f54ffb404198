import type { Cancel } from '../endpoint.ts';
import { History, type HistoryBounds, type Numbered, type Replay } from './history.ts';
import type { Bytes, ByteShares, Holder, NoPlace, Place, Shares } from '../shares.ts';

/** What one channel may keep, and the limits that all channels share. */
export interface ChannelBounds extends HistoryBounds {
  /** The shares of the channels themselves. */
  channels: Shares;
  /** The shares of the bytes that all histories keep. */
  kept: ByteShares;
}

/** Thrown when there is no channel left for another name. `message` says so; `limit` names the option that bounds them. */
export class NoChannelLeft extends Error {
  override name = 'NoChannelLeft';
  readonly limit: string;

  constructor({ reason, limit }: NoPlace) {
    super(reason);
    this.limit = limit;
  }
}

/** How often at most we look through all channels for what is too old, in ms. */
const sweepEvery = 1000;

/** How many of those who only pass by count as a channel's holders: the latest ones. */
const mostPassers = 16;

type Listener<Data> = (message: Numbered<Data>) => void;

/** The parts of a channel. */
interface ChannelParts<Data> {
  history: History<Data>;
  place: Place;
  bytes: Bytes;
  /** Returns the number of the next use of any channel; each is higher than the last. */
  nextUse: () => number;
}

/** A name under which clients publish and hear messages, which are numbered and kept for a while. */
export class Channel<Data> {
  readonly #parts: ChannelParts<Data>;
  /** Each listener, with what to call when the channel is given up. */
  readonly #listeners = new Map<Listener<Data>, (why: NoPlace) => void>();
  /** Who used it of late, the latest last, each with a function that removes them from its holders. */
  readonly #passers = new Map<string, Cancel>();
  #usedAt = 0;

  constructor(parts: ChannelParts<Data>, opener: Holder) {
    this.#parts = parts;
    this.#passers.set(nameOf(opener), () => {
      parts.place.leave();
      parts.bytes.leave();
    });
  }

  get history(): History<Data> {
    return this.#parts.history;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** The number of its last use, counted over all channels. */
  get usedAt(): number {
    return this.#usedAt;
  }

  /** The id of the last message; before the first message, the id after which ids begin. */
  get last(): number {
    return this.history.last;
  }

  publish(data: Data, bytes: number): Numbered<Data> {
    const message = this.history.add(data, bytes);
    this.#usedAt = this.#parts.nextUse();
    for (const listener of this.#listeners.keys()) listener(message);
    return message;
  }

  after(id: number): Replay<Data> {
    return this.history.after(id);
  }

  /** Counts the holder as one of its holders until enough others have come by. */
  use(holder: Holder): void {
    const name = nameOf(holder);
    this.#usedAt = this.#parts.nextUse();
    const leave = this.#passers.get(name) ?? this.join(holder);
    this.#passers.delete(name);
    this.#passers.set(name, leave);
    const [oldest] = this.#passers;
    if (!oldest || this.#passers.size <= mostPassers) return;
    this.#passers.delete(oldest[0]);
    oldest[1]();
  }

  /** Gives the holder a part in it until the returned function is called. */
  join(holder: Holder): Cancel {
    const { place, bytes } = this.#parts;
    const leave = [place.join(holder), bytes.join(holder)];
    return () => {
      for (const one of leave) one();
    };
  }

  /** Calls `listener` with every message from now on, and `ended` if the channel is given up for others. */
  listen(listener: Listener<Data>, ended: (why: NoPlace) => void): Cancel {
    this.#listeners.set(listener, ended);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the listeners, and drops everything it keeps. */
  giveUp(why: NoPlace): void {
    for (const ended of [...this.#listeners.values()]) ended(why);
    this.#listeners.clear();
    this.history.clear();
    this.#parts.bytes.release();
  }
}

const nameOf = ({ address, session = '' }: Holder): string => `${address} ${session}`;

/**
 * Channels by name. A channel exists as soon as it is named. When there are too many, one gives way that nobody listens to, or
 * that those who hold the most hold. The ids of a new channel go on from the highest id of those given up, and all ids from the
 * epoch, so that a client that comes back to a channel, or to a restarted process, is told of the gap.
 */
export class Channels<Data> {
  readonly #bounds: ChannelBounds;
  readonly #now: () => number;
  readonly #channels = new Map<string, Channel<Data>>();
  readonly #epoch: number;
  #highestGivenUp: number;
  #agedAt = -Infinity;
  #uses = 0;

  /** `epoch` is the id after which all ids begin. */
  constructor(bounds: ChannelBounds, now: () => number, epoch = 0) {
    this.#bounds = bounds;
    this.#now = now;
    this.#epoch = this.#highestGivenUp = epoch;
  }

  get size(): number {
    return this.#channels.size;
  }

  /** Bytes kept for those who were away. */
  get bytes(): number {
    this.#letAge();
    return this.#bounds.kept.size;
  }

  /** How many listeners there are on all channels. */
  get listeners(): number {
    return [...this.#channels.values()].reduce((sum, { listeners }) => sum + listeners, 0);
  }

  /** Returns the channel and notes that the holder uses it. Throws NoChannelLeft. */
  open(name: string, holder: Holder): Channel<Data> {
    const channel = this.#channels.get(name) ?? this.#create(name, holder);
    channel.use(holder);
    if (this.#now() - this.#agedAt >= sweepEvery) this.#letAge();
    return channel;
  }

  /** Drops what is too old on every channel: on one that nobody asks for again it would stay for ever. */
  #letAge(): void {
    this.#agedAt = this.#now();
    for (const { history } of this.#channels.values()) history.age();
  }

  #create(name: string, holder: Holder): Channel<Data> {
    const { channels, kept } = this.#bounds;
    const place = channels.take(holder, {
      usedAt: () => channel.usedAt,
      isIdle: () => channel.listeners === 0,
      giveWay: (why) => this.#giveUp(name, channel, why),
    });
    if ('reason' in place) throw new NoChannelLeft(place);
    // A session's own channel (address-path.ts) counts from 1, because nobody could come to it from another process.
    const [last, epoch] = name.startsWith('~') ? [0, 0] : [this.#highestGivenUp, this.#epoch];
    const history = new History<Data>(this.#bounds, this.#now, (size) => bytes.set(size), last, epoch);
    const bytes = kept.open(holder, { usedAt: () => history.oldest, giveWay: () => history.drop() });
    const channel = new Channel<Data>({ history, place, bytes, nextUse: () => ++this.#uses }, holder);
    this.#channels.set(name, channel);
    return channel;
  }

  #giveUp(name: string, channel: Channel<Data>, why: NoPlace): void {
    this.#channels.delete(name);
    this.#highestGivenUp = Math.max(this.#highestGivenUp, channel.last);
    channel.giveUp(why);
  }
}
