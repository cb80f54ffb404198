import type { Cancel, Timers } from '../endpoint.ts';

/** The parts of a floor. */
export interface FloorParts<Station> {
  timers: Timers;
  /** How long a station may hold the floor, in ms. */
  limit: number;
  /** Wraps what a timer calls on a station's behalf. */
  guarded: (station: Station, act: () => void) => () => void;
  /** Returns the owner of the station. Stations of one owner wait for each other. */
  owner: (station: Station) => string;
  /** True while the station is on the air. The floor passes on only after that. */
  transmitting: (station: Station) => boolean;
  granted: (station: Station) => void;
  released: (station: Station, reason: 'released' | 'time-out') => void;
  /** Somebody else holds the floor now, or nobody does. */
  changed: (holder: Station | undefined) => void;
}

/** The right to speak on a half-duplex channel. One station holds it at a time, and gives it back or runs out of time. */
export class Floor<Station> {
  readonly #parts: FloorParts<Station>;
  #holder: Station | undefined;
  readonly #waiting: Station[] = [];
  /** Set when the holder has given it back or its time is over, while its last word is still on the air. */
  #ending: 'released' | 'time-out' | undefined;
  #cancel: Cancel | undefined;

  constructor(parts: FloorParts<Station>) {
    this.#parts = parts;
  }

  get holder(): Station | undefined {
    return this.#holder;
  }

  /** True if the station may say a word now. */
  mayTransmit(station: Station): boolean {
    return station === this.#holder && this.#ending === undefined;
  }

  /** True if what the station has already said may still go on the air. */
  mayFinish(station: Station): boolean {
    return station === this.#holder && this.#ending !== 'time-out';
  }

  /** Returns how many come before the station, the holder included; undefined if it does not wait. */
  ahead(station: Station): number | undefined {
    const place = this.#waiting.indexOf(station);
    return place < 0 ? undefined : place + 1;
  }

  /** Grants the floor if it is free; otherwise the station waits for its turn if `wait` is true. False if it does neither. */
  request(station: Station, wait: boolean): boolean {
    if (this.#holder === undefined) this.#grant(station);
    else if (!wait || station === this.#holder) return false;
    else if (!this.#waiting.includes(station)) this.#waiting.splice(this.#placeFor(station), 0, station);
    return true;
  }

  /**
   * Returns the index at which the station joins the queue. Owners take turns: an owner's second station comes after everybody's
   * first, and a station that holds the floor counts as its owner's first.
   */
  #placeFor(station: Station): number {
    const turns = new Map<string, number>();
    const turnOf = (one: Station): number => {
      const turn = (turns.get(this.#parts.owner(one)) ?? 0) + 1;
      turns.set(this.#parts.owner(one), turn);
      return turn;
    };
    if (this.#holder !== undefined) turnOf(this.#holder);
    const others = this.#waiting.map(turnOf);
    const own = turnOf(station);
    const place = others.findIndex((turn) => turn > own);
    return place < 0 ? others.length : place;
  }

  /** Gives back the floor, or the place in the queue. False if the station has neither. */
  release(station: Station): boolean {
    const place = this.#waiting.indexOf(station);
    if (place >= 0) this.#waiting.splice(place, 1);
    else if (this.mayTransmit(station)) this.#end('released');
    else return false;
    return true;
  }

  /** Call this when a station goes off the air. Passes the floor on if the station released it or ran out of time before. */
  silent(station: Station): void {
    if (station === this.#holder && this.#ending) this.#end(this.#ending);
  }

  /** Takes a station that has left the channel off the floor and out of the queue. */
  leave(station: Station): void {
    const place = this.#waiting.indexOf(station);
    if (place >= 0) this.#waiting.splice(place, 1);
    if (station !== this.#holder) return;
    this.#cancel?.();
    this.#pass();
  }

  #end(reason: 'released' | 'time-out'): void {
    const holder = this.#holder as Station;
    this.#ending = reason;
    // What the holder has already said still goes on the air, but not for longer than its time.
    if (this.#parts.transmitting(holder)) return;
    this.#cancel?.();
    this.#parts.released(holder, reason);
    this.#pass();
  }

  #pass(): void {
    this.#holder = undefined;
    this.#ending = undefined;
    const next = this.#waiting.shift();
    if (next === undefined) this.#parts.changed(undefined);
    else this.#grant(next);
  }

  #grant(station: Station): void {
    const { timers, guarded, limit, granted, changed } = this.#parts;
    this.#holder = station;
    this.#cancel = timers.after(
      limit,
      guarded(station, () => this.#end('time-out')),
    );
    granted(station);
    changed(station);
  }
}
