/** Holds the stretch of time that the reader has selected, to read its figures. */
import { type Signal, signal } from '@preact/signals';
import type { PlaybackClock } from './playback-clock.ts';
import type { Stretch } from '../layout/viewport.ts';

export class SpanSelection {
  readonly span: Signal<Stretch | undefined> = signal(undefined);
  readonly #clock: Pick<PlaybackClock, 'position' | 'end'>;
  readonly #view: () => Stretch;

  /** `view` returns the stretch of time in view. */
  constructor(clock: Pick<PlaybackClock, 'position' | 'end'>, view: () => Stretch) {
    this.#clock = clock;
    this.#view = view;
  }

  /** Selects the stretch between two moments in either order, cut to the trace. */
  select(one: number, other: number): void {
    const inside = (moment: number): number => Math.min(Math.max(moment, 0), this.#clock.end);
    this.span.value = { from: inside(Math.min(one, other)), to: inside(Math.max(one, other)) };
  }

  /** Moves one end to the moment shown; if nothing is selected, begins or ends a stretch there. */
  setEnd(end: 'from' | 'to'): void {
    const { position, end: last } = this.#clock;
    const other = end === 'from' ? (this.span.value?.to ?? last) : (this.span.value?.from ?? 0);
    this.select(position, other);
  }

  /** Selects the middle half of the view; clears the selection if there is one. */
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
