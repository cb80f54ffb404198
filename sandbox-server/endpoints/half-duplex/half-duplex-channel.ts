import { closeWithoutPlace } from '../connection-place.ts';
import { Air } from './air.ts';
import type { Connection, Timers } from '../endpoint.ts';
import { Floor } from './floor.ts';
import { readFromStation, type ToStation } from './half-duplex-messages.ts';
import type { NoPlace, Place, Shares } from '../shares.ts';

/** How many words of one station may wait for their turn on the air. */
const mostWords = 16;

/** A participant in a channel. */
interface Station {
  name: string;
  connection: Connection;
  /** How long one of its words is on the air, in ms. */
  air: number;
  /** Words that wait until the previous one is off the air. */
  words: string[];
  /** When it last said something, in ms. */
  saidAt: number;
  /** Takes it off the channel; harmless if it has already left. */
  leave: () => void;
}

/** The parts of a channel. */
export interface HalfDuplexChannelParts {
  timers: Timers;
  /** How long a station may hold the floor, in ms. */
  limit: number;
  control: boolean;
  /** The channel's own place, which its stations share; the first station already has it. */
  place: Place;
  /** The places of its stations. */
  places: Shares;
  /** Called when the last station has left. */
  ended: () => void;
}

/** One half-duplex channel and its stations, with floor control or without. */
export class HalfDuplexChannel {
  readonly #stations = new Set<Station>();
  readonly #air: Air<Station>;
  readonly #floor: Floor<Station> | undefined;
  readonly #parts: HalfDuplexChannelParts;
  #named = 0;
  /** When somebody last said something, in ms. */
  usedAt: number;

  constructor(parts: HalfDuplexChannelParts) {
    const { timers, limit, control } = parts;
    this.#parts = parts;
    this.usedAt = timers.now();
    // A fault closes the station: it leaves, and the air and the floor are free for the others.
    const guarded = ({ connection }: Station, act: () => void): (() => void) => connection.guarded(act);
    this.#air = new Air<Station>({
      timers,
      guarded,
      heard: (station, text) => {
        this.#tell(station, { type: 'heard', text });
        this.#tellOthers([station], { type: 'word', station: station.name, text });
        this.#next(station);
      },
      lost: (station, text, others) => {
        this.#tell(station, { type: 'lost', text, with: others.map(({ name }) => name) });
        this.#tellOthers([station, ...others], { type: 'noise' });
        this.#next(station);
      },
    });
    if (!control) return;
    this.#floor = new Floor<Station>({
      timers,
      guarded,
      limit,
      owner: ({ connection }) => `${connection.holder.address} ${connection.holder.session ?? ''}`,
      transmitting: (station) => this.#air.transmitting(station),
      granted: (station) => this.#tell(station, { type: 'granted', limit: this.#limitToTell }),
      released: (station, reason) => this.#tell(station, { type: 'released', reason }),
      changed: (holder) => this.#tellOthers(holder ? [holder] : [], { type: 'floor', holder: holder?.name ?? null }),
    });
  }

  /** Takes the connection as a station. If there is no place for it, returns why. */
  join(connection: Connection, air: number): NoPlace | undefined {
    const { place, places, timers } = this.#parts;
    const giveWay = (why: NoPlace): void => {
      station.leave();
      closeWithoutPlace(connection, why);
    };
    const own = places.take(connection.holder, { usedAt: () => station.saidAt, giveWay });
    if ('reason' in own) return own;
    const leave = [place.join(connection.holder), () => own.release()];
    const station: Station = {
      name: `S${++this.#named}`,
      connection,
      air,
      words: [],
      saidAt: timers.now(),
      leave: () => {
        if (!this.#stations.delete(station)) return;
        for (const one of leave) one();
        this.#air.leave(station);
        this.#floor?.leave(station);
        if (this.#stations.size === 0) this.#parts.ended();
      },
    };
    this.#stations.add(station);
    // From now on, the client that opened the channel holds it only while it is there, like the others.
    if (this.#named === 1) place.leave();
    const floor = this.#floor ? { floor: this.#floor.holder?.name ?? null } : {};
    this.#tell(station, { type: 'joined', station: station.name, air, ...floor });
    connection.onMessage((data) => this.#received(station, data));
    connection.onClose(() => station.leave());
    return undefined;
  }

  /** Closes every station's connection. */
  close(why: NoPlace): void {
    for (const station of [...this.#stations]) {
      station.leave();
      closeWithoutPlace(station.connection, why);
    }
  }

  #received(station: Station, data: string | Uint8Array): void {
    if (!this.#stations.has(station)) return;
    this.usedAt = station.saidAt = this.#parts.timers.now();
    const message = readFromStation(data);
    if (typeof message === 'string') this.#tell(station, { type: 'refused', reason: message });
    else if (message.type === 'word') this.#say(station, message.text);
    else if (!this.#floor) {
      this.#refuse(station, 'This channel has no floor to request: send a word when nobody else is speaking.');
    } else if (message.type === 'release') {
      if (!this.#floor.release(station)) this.#refuse(station, 'You neither hold the floor nor wait for it.');
    } else this.#request(this.#floor, station, message.wait);
  }

  #request(floor: Floor<Station>, station: Station, wait: boolean): void {
    if (floor.request(station, wait)) {
      const ahead = floor.ahead(station);
      if (ahead !== undefined) this.#tell(station, { type: 'waiting', ahead, holder: floor.holder?.name ?? '' });
    } else if (floor.holder === station) this.#refuse(station, 'You hold the floor already.');
    else this.#refuse(station, `${floor.holder?.name ?? ''} is still transmitting: ask again when the floor is free.`);
  }

  #say(station: Station, text: string): void {
    const floor = this.#floor;
    if (floor && !floor.mayTransmit(station)) {
      const why = floor.holder && floor.holder !== station ? `${floor.holder.name} holds it` : 'request it before you speak';
      this.#refuse(station, `You do not hold the floor: ${why}.`, text);
    } else if (!this.#air.transmitting(station)) this.#air.transmit(station, text, station.air);
    else if (station.words.length < mostWords) station.words.push(text);
    else this.#refuse(station, `${mostWords} of your words are waiting for the air already.`, text);
  }

  /** Puts the station's next word on the air, if it still may, now that the last one is off. */
  #next(station: Station): void {
    if (this.#floor && !this.#floor.mayFinish(station)) {
      for (const text of station.words.splice(0)) this.#refuse(station, 'Your time is over: you no longer hold the floor.', text);
    }
    const text = station.words.shift();
    if (text !== undefined) this.#air.transmit(station, text, station.air);
    else this.#floor?.silent(station);
  }

  #refuse(station: Station, reason: string, text?: string): void {
    const word = text === undefined ? {} : { text };
    const holder = this.#floor ? { holder: this.#floor.holder?.name ?? null } : {};
    this.#tell(station, { type: 'refused', reason, ...word, ...holder });
  }

  get #limitToTell(): number {
    return this.#parts.limit === Infinity ? 0 : this.#parts.limit;
  }

  #tell({ connection }: Station, message: ToStation): void {
    connection.send(JSON.stringify(message));
  }

  #tellOthers(except: readonly Station[], message: ToStation): void {
    const text = JSON.stringify(message);
    for (const station of this.#stations) if (!except.includes(station)) station.connection.send(text);
  }
}
