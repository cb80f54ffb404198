import { Air } from './air.ts';
import type { Connection, Timers } from './endpoint.ts';
import { Floor } from './floor.ts';
import { readFromStation, type ToStation } from './half-duplex-messages.ts';

/** Words of one station that may wait for their turn on the air. */
const mostWords = 16;

/** Who takes part in a channel. */
interface Station {
  name: string;
  connection: Connection;
  /** How long a word of it is on the air, in ms. */
  air: number;
  /** Words that wait until the one before is off the air. */
  words: string[];
}

/** One half-duplex channel and its stations, with floor control or without. */
export class HalfDuplexChannel {
  readonly #stations = new Set<Station>();
  readonly #air: Air<Station>;
  readonly #floor: Floor<Station> | undefined;
  readonly #limit: number;
  #named = 0;

  /** `limit`: how long a station may hold the floor, in ms. */
  constructor({ timers, limit, control }: { timers: Timers; limit: number; control: boolean }) {
    this.#limit = limit;
    this.#air = new Air<Station>({
      timers,
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
      limit,
      transmitting: (station) => this.#air.transmitting(station),
      granted: (station) => this.#tell(station, { type: 'granted', limit: this.#limitToTell }),
      released: (station, reason) => this.#tell(station, { type: 'released', reason }),
      changed: (holder) => this.#tellOthers(holder ? [holder] : [], { type: 'floor', holder: holder?.name ?? null }),
    });
  }

  get size(): number {
    return this.#stations.size;
  }

  join(connection: Connection, air: number): void {
    const station: Station = { name: `S${++this.#named}`, connection, air, words: [] };
    this.#stations.add(station);
    const floor = this.#floor ? { floor: this.#floor.holder?.name ?? null } : {};
    this.#tell(station, { type: 'joined', station: station.name, air, ...floor });
    connection.onMessage((data) => this.#received(station, data));
    connection.onClose(() => {
      this.#stations.delete(station);
      this.#air.leave(station);
      this.#floor?.leave(station);
    });
  }

  #received(station: Station, data: string | Uint8Array): void {
    const message = readFromStation(data);
    if (typeof message === 'string') this.#tell(station, { type: 'refused', reason: message });
    else if (message.type === 'word') this.#say(station, message.text);
    else if (!this.#floor) {
      this.#refuse(station, 'This channel has no floor to ask for: say a word when nobody else does.');
    } else if (message.type === 'release') {
      if (!this.#floor.release(station)) this.#refuse(station, 'You do not hold the floor, and do not wait for it.');
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
    else this.#refuse(station, `${mostWords} words of yours wait for the air already.`, text);
  }

  /** The station's word is off the air: its next one goes on, if it still may. */
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
    return this.#limit === Infinity ? 0 : this.#limit;
  }

  #tell({ connection }: Station, message: ToStation): void {
    connection.send(JSON.stringify(message));
  }

  #tellOthers(except: readonly Station[], message: ToStation): void {
    const text = JSON.stringify(message);
    for (const station of this.#stations) if (!except.includes(station)) station.connection.send(text);
  }
}
