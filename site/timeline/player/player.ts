/**
 * Plays a conversation: holds the clock, the stretch of time in view and what is selected, and paints the stage when one of
 * them changes. It asks for animation frames only while something moves.
 */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { lowerBound } from '../../../protocol/collections/binary-search.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { Announcer } from './announcer.ts';
import { bandsOf, countPairs, countRooms } from '../conversation/lane-pairs.ts';
import { PlaybackClock, speeds } from './playback-clock.ts';
import { type Conversation, ConversationReader, type Source } from '../conversation/conversation.ts';
import type { LeftOut } from '../words/left-out.ts';
import { eventTimesOf } from './event-times.ts';
import { SpanSelection } from './span-selection.ts';
import type { Scale, CanvasStage } from '../paint/canvas-stage.ts';
import { type Stretch, keepInSight, liveSpan, pan, whole, zoom } from '../layout/viewport.ts';

/** How often to update what is written out (measures, table) during a run, ms: at least, and more for each frame. */
const writtenEvery = { atLeast: 200, perFrame: 0.04 };
/** How often to update the count of what is not drawn, ms. */
const notedEvery = 150;
/** A run that took at most this many views' time is shown whole when it is over. */
const mostViews = 6;
/** With reduced motion: the time between two steps, ms, and the most steps in which to play a trace. */
const steps = { every: 400, most: 300 };

export class Player {
  readonly clock = new PlaybackClock(() => performance.now());
  /** The conversation as last written out. */
  readonly written: Signal<Conversation>;
  /** Rises when playing, speed, or following changes. */
  readonly changed = signal(0);
  /** How many pairs of lanes to keep room for: never fewer than there have been, so that the page does not jump. */
  readonly pairs: Signal<number>;
  /** The picture's height in pairs of lanes, including what their queues need. During a run it follows the pairs alone. */
  readonly rooms: Signal<number>;
  readonly names: Readonly<Record<string, string>> | undefined;
  /** The words to say aloud about the current run. */
  readonly said = signal('');
  /** The scale that maps time to place, as last painted; undefined before the first painting. */
  readonly scale: Signal<Scale | undefined> = signal(undefined);
  /** What is missing from the picture as last painted. */
  readonly leftOut: Signal<LeftOut> = signal({ frames: 0, connections: 0, events: 0 });
  /** The stretch of time that the reader has selected. */
  readonly selection = new SpanSelection(this.clock, () => this.#view);
  /** Called with each painting. */
  onPosition: (position: number, end: number) => void = () => undefined;

  readonly #selected: Signal<Flight | undefined>;
  readonly #expectedMs: ReadonlySignal<number> | undefined;
  #source: Source;
  #reader: ConversationReader;
  #conversation: Conversation;
  #isStale = false;
  #writtenAt = 0;
  #willWrite = false;
  #willNote = false;
  #view: Stretch;
  /** True while the view is the whole trace, whatever its length becomes. */
  #isWhole = true;
  /** How long frames took before this run: the first guess for this one. */
  #usualMs: number | undefined;
  /** Comes with the first stage, and is kept for the next one. */
  #announcer: Announcer | undefined;
  /** Undefined until the drawing code has loaded: until then it plays unseen, behind the picture that the server wrote. */
  #stage: CanvasStage | undefined;
  #isOver = false;
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
    this.rooms = signal(countRooms(this.#conversation));
    this.clock.extend(this.#conversation.end);
    this.#view = whole(this.#conversation.end);
  }

  get span(): Signal<Stretch | undefined> {
    return this.selection.span;
  }

  /** The source being played. */
  get source(): Source {
    return this.#source;
  }

  /** Attaches a stage that has a size, and an announcer. Returns a function that detaches the stage. */
  attach(stage: CanvasStage, announcer?: Announcer): () => void {
    this.#stage = stage;
    this.#announcer ??= announcer;
    this.#isOver = false;
    // Paint at once: a canvas that has changed its size is empty.
    stage.onChange = () => this.#paintNow();
    this.#paintNow();
    return () => {
      this.#cancel();
      this.#stage = undefined;
      this.#isOver = true;
    };
  }

  /** Plays another trace in place of this one. */
  play(source: Source): void {
    if (source.trace === this.#source.trace) return;
    this.#usualMs = this.#latestOneWayMs() ?? this.#usualMs;
    this.#source = source;
    this.#reader = new ConversationReader(source);
    this.#announcer?.restart();
    this.selection.clear();
    this.#isStale = true;
    if (!this.clock.running) {
      // An opened trace gets its own size; an empty trace is a run about to begin, and keeps the last size.
      const isOpened = source.trace.connections.length > 0;
      if (isOpened) this.pairs.value = 1;
      this.#read();
      if (isOpened) this.rooms.value = countRooms(this.#conversation);
      this.clock.stop(this.#conversation.end);
      this.showWhole();
    }
    this.repaint();
  }

  /** Notes that the trace has grown, and repaints. */
  grew(): void {
    this.#isStale = true;
    this.repaint();
  }

  /** Begins a run whose present `live` gives; ends the run if `live` is undefined. */
  setLive(live: (() => number) | undefined): void {
    if (live) {
      this.clock.start(live);
      this.#isWhole = false;
      this.#view = { from: 0, to: liveSpan(this.#expectedMs?.value ?? this.#latestOneWayMs() ?? this.#usualMs ?? 0) };
      this.#view = keepInSight(this.#view, live(), true);
    } else if (this.clock.running) {
      this.#read();
      this.clock.stop(this.#conversation.end);
      // Read once more: during a run some values lag a little.
      this.#isStale = true;
      // Say the last news too, once there has been time to hear what was said before.
      setTimeout(() => this.#speak(), this.#announcer?.every);
      const { end } = this.#conversation;
      if (end <= mostViews * (this.#view.to - this.#view.from)) this.showWhole();
      // The last page turn may have left the view empty.
      else this.#view = pan(this.#view, 0, end);
    }
    this.#announce();
  }

  /** Does something with the clock, and shows the result. */
  control(act: (clock: PlaybackClock) => void): void {
    act(this.clock);
    this.#announce();
  }

  togglePlaying(): void {
    this.control((clock) => (clock.moving ? clock.pause() : clock.play()));
  }

  /** Goes to the next moment at which something happened, or to the previous one. */
  step(direction: 1 | -1): void {
    this.#read();
    this.goTo(this.eventFrom(this.clock.position, direction));
  }

  /** Returns the moment of the event `by` events after a moment, or before it if negative. */
  eventFrom(moment: number, by: number): number {
    const times = eventTimesOf(this.#source);
    const after = lowerBound(times.length, (i) => (times[i] as number) > moment + 1e-6);
    const before = lowerBound(times.length, (i) => (times[i] as number) >= moment - 1e-6);
    return by > 0 ? (times[after + by - 1] ?? this.clock.end) : (times[before + by] ?? 0);
  }

  /** Goes to a moment and rests there, and selects the flight if one is named. */
  goTo(moment: number, flight?: string): void {
    this.control((clock) => {
      clock.pause();
      clock.seek(moment);
    });
    if (flight !== undefined) this.#selected.value = this.#source.flights.find(({ id }) => id === flight);
    if (!this.#isWhole) this.#view = keepInSight(this.#view, moment, false);
  }

  /** Changes to the next speed, faster or slower. */
  changeSpeed(by: 1 | -1): void {
    const at = speeds.indexOf(this.clock.speed as (typeof speeds)[number]);
    const speed = speeds[at + by];
    if (speed !== undefined) this.control((clock) => clock.setSpeed(speed));
  }

  /** Moves the view by that part of its length. */
  panBy(part: number): void {
    this.pan(part * (this.#view.to - this.#view.from));
  }

  /** Selects the frame `by` frames after the selected one in the order of sending; counts from an end if none is selected. */
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
    // There is nothing to paint without a screen.
    if (this.#isOver || this.#pending || typeof requestAnimationFrame === 'undefined') return;
    const id = requestAnimationFrame(() => this.#paint());
    this.#pending = () => cancelAnimationFrame(id);
  }

  #announce(): void {
    this.changed.value++;
    // Do not wait out a step's time: paint with the next frame.
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
    if (!this.#isStale && !this.#reader.isBehind) return;
    this.#isStale = false;
    this.#conversation = this.#reader.read(this.clock.running);
    this.clock.extend(this.#conversation.end);
    this.pairs.value = Math.max(this.pairs.value, countPairs(bandsOf(this.#conversation.connections)));
    this.rooms.value = Math.max(this.rooms.value, this.pairs.value);
  }

  get #isUnwritten(): boolean {
    return this.written.peek() !== this.#conversation;
  }

  #write(): void {
    if (!this.#isUnwritten) return;
    const wait = Math.max(writtenEvery.atLeast, writtenEvery.perFrame * this.#source.flights.length);
    if (this.clock.running && performance.now() - this.#writtenAt < wait) return;
    this.#writtenAt = performance.now();
    this.#noteLeftOut();
    this.written.value = this.#conversation;
  }

  #latestOneWayMs(): number | undefined {
    const last = this.#source.flights.findLast(({ receivedAt, kind }) => receivedAt !== undefined && kind === 'frame');
    return last && this.#conversation.lastOneWayMs(last);
  }

  #paint(): void {
    this.#pending = undefined;
    const stage = this.#stage;
    if (this.#isOver) return;
    const { clock } = this;
    const wasMoving = clock.moving;
    clock.setStepped(prefersSteps());
    clock.settle();
    this.#read();
    this.#turnView();
    const { position, end } = clock;
    stage?.paint({
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
    if (stage) this.#noteScale(stage);
    if (clock.running) this.#speak();
    else this.#noteLeftOutSoon();
    if (clock.moving) this.#schedule();
    else if ((clock.running && this.#isUnwritten) || stage?.isBehind) this.repaint();
    if (clock.moving !== wasMoving) this.changed.value++;
    if (this.#isUnwritten) this.#writeSoon();
  }

  /** Writes in a task of its own: with many frames that takes as long as a painting. */
  #writeSoon(): void {
    if (this.#willWrite) return;
    this.#willWrite = true;
    setTimeout(() => {
      this.#willWrite = false;
      if (!this.#isOver) this.#write();
    });
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

  #noteScale(stage: CanvasStage): void {
    const { scale } = stage;
    const known = this.scale.peek();
    if (scale && (Object.keys(scale) as (keyof Scale)[]).some((key) => scale[key] !== known?.[key])) this.scale.value = scale;
  }

  /** Notes the count a little later: while the view moves it changes with each painting, and nobody could read it. */
  #noteLeftOutSoon(): void {
    if (this.#willNote) return;
    this.#willNote = true;
    setTimeout(() => {
      this.#willNote = false;
      if (!this.#isOver) this.#noteLeftOut();
    }, notedEvery);
  }

  #noteLeftOut(): void {
    const { leftOut: frames = 0, unplaced: connections = 0 } = this.#stage ?? {};
    const events = this.#conversation.connections.flatMap(({ omitted }) => omitted).reduce((sum, { count }) => sum + count, 0);
    const known = this.leftOut.peek();
    if (known.frames === frames && known.connections === connections && known.events === events) return;
    this.leftOut.value = { frames, connections, events };
  }

  #speak(): void {
    this.#announcer?.read(this.#source.trace.events);
    const words = this.#announcer?.next(performance.now());
    if (words !== undefined) this.said.value = words;
  }

  /** Schedules the next painting: on the next animation frame, or, with reduced motion, at the next step. */
  #schedule(): void {
    if (!prefersSteps()) return this.repaint();
    const id = setTimeout(() => {
      if (this.clock.stepped) this.#stepOn();
      this.#paint();
    }, steps.every);
    this.#pending = () => clearTimeout(id);
  }

  /** Moves a trace that plays without motion to its next event; a long trace skips some. */
  #stepOn(): void {
    const by = Math.ceil(eventTimesOf(this.#source).length / steps.most);
    this.clock.seek(this.eventFrom(this.clock.position, by));
  }
}

let motion: MediaQueryList | undefined;
const prefersSteps = (): boolean => (motion ??= matchMedia('(prefers-reduced-motion: reduce)')).matches;
