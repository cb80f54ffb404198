/** Holds the stretch of time in view: the whole trace, a page that turns as a run goes on, or what the reader zoomed to. */
import { type Stretch, keepInSight, liveSpan, pan, whole, zoom } from '../layout/viewport.ts';
import type { PlaybackClock } from './playback-clock.ts';

/** A run that took at most this many views' time is shown whole when it is over. */
const mostViews = 6;

export class PlaybackView {
  readonly #clock: PlaybackClock;
  readonly #focus: () => number;
  readonly #onChange: () => void;
  #stretch: Stretch;
  /** True while the view is the whole trace, whatever its length becomes. */
  #isWhole = true;

  /** `focus` returns the moment that zooming keeps in place by default; `onChange` is called after the reader moved the view. */
  constructor(clock: PlaybackClock, { focus, onChange }: { focus: () => number; onChange: () => void }) {
    this.#clock = clock;
    this.#focus = focus;
    this.#onChange = onChange;
    this.#stretch = whole(clock.end);
  }

  get stretch(): Stretch {
    return this.#stretch;
  }

  showWhole(): void {
    this.#isWhole = true;
    this.#onChange();
  }

  /** Shows less time with a factor below 1, more with one above; the moment `around` stays where it is. */
  zoom(factor: number, around: number = this.#focus()): void {
    this.#isWhole = false;
    this.#stretch = zoom(this.#stretch, factor, around, this.#clock.end);
    this.#onChange();
  }

  pan(byMs: number): void {
    this.#isWhole = false;
    this.#stretch = pan(this.#stretch, byMs, this.#clock.end);
    this.#onChange();
  }

  /** Moves the view by that part of its length. */
  panBy(part: number): void {
    this.pan(part * this.#length);
  }

  /** Turns to the page that has the moment, unless the view is the whole trace. */
  show(moment: number): void {
    if (!this.#isWhole) this.#stretch = keepInSight(this.#stretch, moment, false);
  }

  /** Begins with the first page of a run, in which frames are likely to take `oneWayMs`. */
  beginRun(oneWayMs: number): void {
    this.#isWhole = false;
    this.#stretch = keepInSight({ from: 0, to: liveSpan(oneWayMs) }, this.#clock.end, true);
  }

  /** Shows a run that has ended at `end` whole if it was short, else its last page. */
  endRun(end: number): void {
    if (end <= mostViews * this.#length) this.showWhole();
    // The last page turn may have left the view empty.
    else this.#stretch = pan(this.#stretch, 0, end);
  }

  /** Goes along with the clock; `oneWayMs` returns how long frames take now. */
  turn(oneWayMs: () => number): void {
    const clock = this.#clock;
    if (this.#isWhole) {
      this.#stretch = whole(clock.end);
      return;
    }
    if (!clock.moving) return;
    const { from, to } = this.#stretch;
    const wanted = liveSpan(oneWayMs());
    if (clock.following && wanted > (to - from) * 1.5) this.#stretch = { from, to: from + wanted };
    this.#stretch = keepInSight(this.#stretch, clock.position, clock.running || this.#stretch.to < clock.end);
  }

  get #length(): number {
    return this.#stretch.to - this.#stretch.from;
  }
}
