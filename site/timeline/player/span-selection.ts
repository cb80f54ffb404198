/** The stretch of time that the reader has selected, to read its figures. */
import { type Signal, signal } from '@preact/signals';
import type { PlaybackClock } from './playback-clock.ts';
import type { Stretch } from '../layout/viewport.ts';

export class SpanSelection {
  readonly span: Signal<Stretch | undefined> = signal(undefined);
  readonly #clock: Pick<PlaybackClock, 'position' | 'end'>;
  readonly #view: () => Stretch;

  /** `view` gives what is in view. */
  constructor(clock: Pick<PlaybackClock, 'position' | 'end'>, view: () => Stretch) {
    this.#clock = clock;
    this.#view = view;
  }

  /** Selects the stretch between two moments, whichever comes first; as much of it as the trace has. */
  select(one: number, other: number): void {
    const inside = (moment: number): number => Math.min(Math.max(moment, 0), this.#clock.end);
    this.span.value = { from: inside(Math.min(one, other)), to: inside(Math.max(one, other)) };
  }

  /** Moves one end to the moment shown; where nothing is selected, a stretch begins or ends there. */
  setEnd(end: 'from' | 'to'): void {
    const { position, end: last } = this.#clock;
    const other = end === 'from' ? (this.span.value?.to ?? last) : (this.span.value?.from ?? 0);
    this.select(position, other);
  }

  /** Selects the middle half of what is in view; where a stretch is selected already, none. */
  toggle(): void {
    if (this.span.value) return this.clear();
    const { from, to } = this.#view();
    const end = Math.min(to, this.#clock.end);
    this.select(from + (end - from) / 4, end - (end - from) / 4);
  }

  clear(): void {
    this.span.value = undefined;
  }
}
