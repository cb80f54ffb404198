/**
 * The clock of playback: which moment of the trace is shown, and whether that moment moves by itself.
 * It keeps no timer and reads only the clock that it is given.
 */

/** Seconds of the trace per second of the reader, slowest first. */
export const speeds = [0.001, 0.01, 0.1, 0.25, 0.5, 1] as const;

/** Play, pause, scrub, speed, and follow while live. Positions are milliseconds of the trace. */
export class PlaybackClock {
  readonly #now: () => number;
  /** The reader's time at which the position was `#position`. */
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

  /** True where playing does not move the position by itself: somebody takes it from event to event. Never while it runs. */
  get stepped(): boolean {
    return this.#isStepped && !this.running;
  }

  /** For readers who want no motion. */
  setStepped(isStepped: boolean): void {
    if (isStepped === this.#isStepped) return;
    this.#rest(this.position);
    this.#isStepped = isStepped;
  }

  /** True while the trace is still running. */
  get running(): boolean {
    return this.#live !== undefined;
  }

  /** Whether a running trace is shown at its present. */
  get follow(): boolean {
    return this.#follow;
  }

  /** True while it runs and is shown at its present. */
  get following(): boolean {
    return this.#follow && this.running;
  }

  /** True while the position changes by itself. */
  get moving(): boolean {
    return this.following || this.#playing;
  }

  /** The trace is known up to here. At rest at the old end, the position goes along. */
  extend(end: number): void {
    const atEnd = !this.#playing && !this.running && this.#position >= this.#end;
    this.#end = end;
    if (atEnd) this.#position = end;
  }

  /** Plays on from the position; from the beginning where that is the end. */
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

  /** Goes to a moment, and stays playing or at rest. Of a running trace it leaves the present. */
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

  /** A run begins: `live` gives its present. */
  start(live: () => number): void {
    this.#live = live;
    this.#end = 0;
    this.#position = 0;
    this.#playing = false;
    this.#follow = true;
  }

  /** The run is over, and ended at `end`. */
  stop(end: number): void {
    const followed = this.following;
    const position = this.position;
    this.#live = undefined;
    this.#end = end;
    this.#follow = true;
    this.#rest(followed ? end : Math.min(position, end));
  }

  /** To be called as time passes: ends playing at the end, and goes over to following where it has caught up with a run. */
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
