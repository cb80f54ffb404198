import type { Cancel, Timers } from '../endpoint.ts';

/** The parts of the air. */
export interface AirParts<Station> {
  timers: Timers;
  /** Wraps what a timer calls on a station's behalf. */
  guarded: (station: Station, act: () => void) => () => void;
  /** The word was on the air alone, and is whole. */
  heard: (station: Station, text: string) => void;
  /** The word overlapped with words of these stations. */
  lost: (station: Station, text: string, others: Station[]) => void;
}

interface Signal<Station> {
  station: Station;
  text: string;
  /** Stations whose words were on the air at the same time. */
  overlapped: Set<Station>;
  cancel: Cancel;
}

/** The medium that all stations of a half-duplex channel share. Words that overlap in time are not heard. */
export class Air<Station> {
  readonly #parts: AirParts<Station>;
  readonly #signals = new Map<Station, Signal<Station>>();

  constructor(parts: AirParts<Station>) {
    this.#parts = parts;
  }

  transmitting(station: Station): boolean {
    return this.#signals.has(station);
  }

  /** Puts a word on the air for `time` ms. The station must not be on the air already. */
  transmit(station: Station, text: string, time: number): void {
    const { timers, guarded } = this.#parts;
    const cancel = timers.after(
      time,
      guarded(station, () => this.#end(signal)),
    );
    const signal: Signal<Station> = { station, text, overlapped: new Set(), cancel };
    for (const other of this.#signals.values()) {
      other.overlapped.add(station);
      signal.overlapped.add(other.station);
    }
    this.#signals.set(station, signal);
  }

  /** Takes off a station that has gone in the middle of a word. The words it overlapped with stay spoiled. */
  leave(station: Station): void {
    this.#signals.get(station)?.cancel();
    this.#signals.delete(station);
  }

  #end({ station, text, overlapped }: Signal<Station>): void {
    this.#signals.delete(station);
    if (overlapped.size > 0) this.#parts.lost(station, text, [...overlapped]);
    else this.#parts.heard(station, text);
  }
}
