/**
 * The playback clock: knows which moment of the trace is shown, and whether that moment moves by itself.
 * It keeps no timer and reads only the clock that it is given.
 */

/** Seconds of the trace per second of the reader, slowest first. */
export const speeds = [0.001, 0.01, 0.1, 0.25, 0.5, 1] as const;

/** Plays, pauses, scrubs, changes speed, and follows a live run. Positions are milliseconds of the trace. */
export class PlaybackClock {
  readonly #now: () => number;
  /** The reader's time when the position was `#position`. */
  #anchor = 0;
  #position = 0;
  #playing = false;
  #speed = 1;
  #follow = true;
  #end = 0;
  #live: (() => number) | undefined;
  #isStepped = false;

  /** `now` gives the reader's time in milliseconds, such as `performance.now()`. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The moment shown. */
  get position(): number {
    if (this.following) return this.#limit;
    if (!this.#playing || this.stepped) return this.#position;
    return Math.min(this.#position + (this.#now() - this.#anchor) * this.#speed, this.#limit);
  }

  /** The last moment that can be shown: the trace's end, or its present while it runs. */
  get end(): number {
    return this.#limit;
  }

  get playing(): boolean {
    return this.#playing;
  }

  get speed(): number {
    return this.#speed;
  }

  /** True if playing does not move the position by itself: the caller steps it from event to event. Never true during a run. */
  get stepped(): boolean {
    return this.#isStepped && !this.running;
  }

  /** Turns stepping on or off, for readers who want no motion. */
  setStepped(isStepped: boolean): void {
    if (isStepped === this.#isStepped) return;
    this.#rest(this.position);
    this.#isStepped = isStepped;
  }

  /** True while the trace is still running. */
  get running(): boolean {
    return this.#live !== undefined;
  }

  /** Whether to show a running trace at its present. */
  get follow(): boolean {
    return this.#follow;
  }

  /** True while the trace runs and is shown at its present. */
  get following(): boolean {
    return this.#follow && this.running;
  }

  /** True while the position changes by itself. */
  get moving(): boolean {
    return this.following || this.#playing;
  }

  /** Notes that the trace is known up to `end`. A position at rest at the old end moves along. */
  extend(end: number): void {
    const atEnd = !this.#playing && !this.running && this.#position >= this.#end;
    this.#end = end;
    if (atEnd) this.#position = end;
  }

  /** Plays on from the position, or from the beginning if the position is at the end. */
  play(): void {
    const position = this.position;
    this.#rest(!this.running && position >= this.#limit ? 0 : position);
    this.#follow &&= !this.running;
    this.#playing = true;
  }

  pause(): void {
    this.#rest(this.position);
    this.#playing = false;
    if (this.running) this.#follow = false;
  }

  /** Goes to a moment, and stays playing or at rest. Stops following a running trace. */
  seek(position: number): void {
    if (this.running) this.#follow = false;
    this.#rest(Math.min(Math.max(position, 0), this.#limit));
  }

  /** Changes the speed from here on. */
  setSpeed(speed: number): void {
    this.#rest(this.position);
    this.#speed = speed;
  }

  setFollow(follow: boolean): void {
    this.#rest(this.position);
    this.#follow = follow;
    if (this.following) this.#playing = false;
  }

  /** Begins a run; `live` gives its present. */
  start(live: () => number): void {
    this.#live = live;
    this.#end = 0;
    this.#position = 0;
    this.#playing = false;
    this.#follow = true;
  }

  /** Ends the run, which ended at `end`. */
  stop(end: number): void {
    const followed = this.following;
    const position = this.position;
    this.#live = undefined;
    this.#end = end;
    this.#follow = true;
    this.#rest(followed ? end : Math.min(position, end));
  }

  /** Call this as time passes: it ends playing at the end, and switches to following once it has caught up with a run. */
  settle(): void {
    if (!this.#playing || this.position < this.#limit) return;
    this.#rest(this.#limit);
    this.#playing = false;
    if (this.running) this.#follow = true;
  }

  get #limit(): number {
    return this.#live ? this.#live() : this.#end;
  }

  #rest(position: number): void {
    this.#position = position;
    this.#anchor = this.#now();
  }
}
