/**
 * Plays a conversation: holds the clock, the stretch of time in view and what is selected, and has the stage painted
 * when one of them changes. It asks for animation frames only while something moves.
 */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Flight } from '../../protocol/flight.ts';
import { bandsOf, countPairs } from './bands.ts';
import { PlaybackClock } from './clock.ts';
import { type Conversation, ConversationReader, lowerBound, type Source } from './conversation.ts';
import { momentsOf } from './moments.ts';
import type { Stage } from './stage.ts';
import { type Stretch, keepInSight, liveSpan, pan, whole, zoom } from './viewport.ts';

/** How often what is written out (measures, table) is brought up to date while a run is on, ms. */
const writtenEvery = 200;
/** With reduced motion: the time between two steps, ms. */
const stepEvery = 400;

export class Player {
  readonly clock = new PlaybackClock(() => performance.now());
  /** The conversation as last written out. */
  readonly written: Signal<Conversation>;
  /** Rises when playing, speed, or following changes. */
  readonly changed = signal(0);
  /** Pairs of lanes that room is kept for: never fewer than there have been, so that the page does not jump. */
  readonly pairs: Signal<number>;
  readonly names: Readonly<Record<string, string>> | undefined;
  /** Called with each painting. */
  onPosition: (position: number, end: number) => void = () => undefined;

  readonly #selected: Signal<Flight | undefined>;
  readonly #expectedMs: ReadonlySignal<number> | undefined;
  #source: Source;
  #reader: ConversationReader;
  #conversation: Conversation;
  #isStale = false;
  #writtenAt = 0;
  #view: Stretch;
  /** True while the view is the whole trace, whatever its length becomes. */
  #isWhole = true;
  /** How long frames took before this run: the first guess for its own. */
  #usualMs: number | undefined;
  #stage: Stage | undefined;
  #pending: (() => void) | undefined;

  constructor(
    source: Source,
    selected: Signal<Flight | undefined>,
    {
      names,
      expectedMs,
    }: { names?: Readonly<Record<string, string>> | undefined; expectedMs?: ReadonlySignal<number> | undefined },
  ) {
    this.#source = source;
    this.#selected = selected;
    this.names = names;
    this.#expectedMs = expectedMs;
    this.#reader = new ConversationReader(source);
    this.#conversation = this.#reader.read();
    this.written = signal(this.#conversation);
    this.pairs = signal(Math.max(1, countPairs(bandsOf(this.#conversation.connections))));
    this.clock.extend(this.#conversation.end);
    this.#view = whole(this.#conversation.end);
  }

  /** The stage is there and has a size. Returns what takes it away again. */
  attach(stage: Stage): () => void {
    this.#stage = stage;
    // At once: a canvas that has changed its size is empty.
    stage.onChange = () => this.#paintNow();
    this.#paintNow();
    return () => {
      this.#cancel();
      this.#stage = undefined;
    };
  }

  /** Another trace takes the place of this one. */
  play(source: Source): void {
    if (source.trace === this.#source.trace) return;
    this.#usualMs = this.#latestOneWayMs() ?? this.#usualMs;
    this.#source = source;
    this.#reader = new ConversationReader(source);
    this.#isStale = true;
    if (!this.clock.running) {
      this.#read();
      this.clock.stop(this.#conversation.end);
      this.showWhole();
    }
    this.repaint();
  }

  /** The trace has grown. */
  grew(): void {
    this.#isStale = true;
    this.repaint();
  }

  /** A run is on, and `live` gives its present; or none is. */
  setLive(live: (() => number) | undefined): void {
    if (live) {
      this.clock.start(live);
      this.#isWhole = false;
      this.#view = { from: 0, to: liveSpan(this.#expectedMs?.value ?? this.#latestOneWayMs() ?? this.#usualMs ?? 0) };
      this.#view = keepInSight(this.#view, live(), true);
    } else if (this.clock.running) {
      this.#read();
      this.clock.stop(this.#conversation.end);
      if (this.#conversation.end <= 3 * (this.#view.to - this.#view.from)) this.showWhole();
    }
    this.#announce();
  }

  /** Does something with the clock, and shows what has become of it. */
  control(act: (clock: PlaybackClock) => void): void {
    act(this.clock);
    this.#announce();
  }

  togglePlaying(): void {
    this.control((clock) => (clock.moving ? clock.pause() : clock.play()));
  }

  /** Goes to the next moment at which something happened, or to the one before. */
  step(direction: 1 | -1): void {
    this.#read();
    const times = momentsOf(this.#source);
    const { position } = this.clock;
    const next = lowerBound(times.length, (i) => (times[i] as number) > position + 1e-6);
    const before = lowerBound(times.length, (i) => (times[i] as number) >= position - 1e-6) - 1;
    const to = direction === 1 ? (times[next] ?? this.clock.end) : (times[before] ?? 0);
    this.control((clock) => {
      clock.pause();
      clock.seek(to);
    });
  }

  /** Selects the frame that many after the selected one in the order of sending; of none, the first or the last. */
  selectBy(by: number): void {
    this.#read();
    const { flights } = this.#conversation;
    const at = this.#selected.value ? flights.indexOf(this.#selected.value) : by > 0 ? -1 : flights.length;
    const flight = flights[Math.min(Math.max(at + by, 0), flights.length - 1)];
    if (!flight) return;
    this.#selected.value = flight;
    if (!this.#isWhole) this.#view = keepInSight(this.#view, flight.sentAt, false);
    this.repaint();
  }

  showWhole(): void {
    this.#isWhole = true;
    this.repaint();
  }

  zoom(factor: number, around: number = this.#selected.value?.sentAt ?? this.clock.position): void {
    this.#isWhole = false;
    this.#view = zoom(this.#view, factor, around, this.clock.end);
    this.repaint();
  }

  pan(byMs: number): void {
    this.#isWhole = false;
    this.#view = pan(this.#view, byMs, this.clock.end);
    this.repaint();
  }

  /** Paints with the next animation frame. */
  repaint(): void {
    if (!this.#stage || this.#pending) return;
    const id = requestAnimationFrame(() => this.#paint());
    this.#pending = () => cancelAnimationFrame(id);
  }

  #announce(): void {
    this.changed.value++;
    // What waited for a step's time is painted with the next frame.
    this.#cancel();
    this.repaint();
  }

  #cancel(): void {
    this.#pending?.();
    this.#pending = undefined;
  }

  #paintNow(): void {
    this.#cancel();
    this.#paint();
  }

  #read(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#conversation = this.#reader.read();
    this.clock.extend(this.#conversation.end);
    this.pairs.value = Math.max(this.pairs.value, countPairs(bandsOf(this.#conversation.connections)));
  }

  #write(): boolean {
    if (this.written.value === this.#conversation) return true;
    if (this.clock.running && performance.now() - this.#writtenAt < writtenEvery) return false;
    this.#writtenAt = performance.now();
    this.written.value = this.#conversation;
    return true;
  }

  #latestOneWayMs(): number | undefined {
    const last = this.#source.flights.findLast(({ receivedAt, kind }) => receivedAt !== undefined && kind === 'frame');
    return last && this.#conversation.lastOneWayMs(last);
  }

  #paint(): void {
    this.#pending = undefined;
    const stage = this.#stage;
    if (!stage) return;
    const { clock } = this;
    const wasMoving = clock.moving;
    clock.settle();
    this.#read();
    this.#turnView();
    const { position, end } = clock;
    stage.paint({
      conversation: this.#conversation,
      view: this.#view,
      running: clock.running,
      pairs: this.pairs.value,
      names: this.names,
      now: !clock.running && position >= end ? undefined : position,
      selected: this.#selected.value,
      expectedMs: (flight) => this.#expectedMs?.value ?? this.#conversation.lastOneWayMs(flight) ?? this.#usualMs,
    });
    this.onPosition(position, Math.max(end, this.#conversation.end));
    if (clock.moving) this.#schedule();
    else if (!this.#write() || stage.isBehind) this.repaint();
    if (clock.moving !== wasMoving) this.changed.value++;
    if (clock.moving) this.#write();
  }

  #turnView(): void {
    const { clock } = this;
    if (this.#isWhole) {
      this.#view = whole(clock.end);
      return;
    }
    if (!clock.moving) return;
    const wanted = liveSpan(this.#latestOneWayMs() ?? 0);
    if (clock.following && wanted > (this.#view.to - this.#view.from) * 1.5)
      this.#view = { from: this.#view.from, to: this.#view.from + wanted };
    this.#view = keepInSight(this.#view, clock.position, clock.running || this.#view.to < clock.end);
  }

  /** The next moment: the next animation frame, or with reduced motion the next step. */
  #schedule(): void {
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return this.repaint();
    const id = setTimeout(() => this.#paint(), stepEvery);
    this.#pending = () => clearTimeout(id);
  }
}
