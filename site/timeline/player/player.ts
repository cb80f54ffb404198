/**
 * Plays a conversation: moves the clock and the selection as the reader asks, and paints the stage when something changes. It
 * asks for animation frames only while something moves. The stretch of time in view is `playback-view.ts`, what is read of the
 * trace `growing-conversation.ts`, and when to paint `paint-schedule.ts`.
 */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { Announcer } from './announcer.ts';
import { PlaybackClock, speeds } from './playback-clock.ts';
import type { Source } from '../conversation/conversation.ts';
import { eventFrom, eventTimesOf } from './event-times.ts';
import { nextStep, prefersSteps } from './reduced-motion.ts';
import { GrowingConversation } from './growing-conversation.ts';
import { LeftOutCount, leftOutOf } from './left-out-count.ts';
import { PaintSchedule } from './paint-schedule.ts';
import { PlaybackView } from './playback-view.ts';
import { SpanSelection } from './span-selection.ts';
import type { Scale, CanvasStage } from '../paint/canvas-stage.ts';

type Names = Readonly<Record<string, string>> | undefined;

export class Player {
  readonly clock = new PlaybackClock(() => performance.now());
  readonly view: PlaybackView;
  readonly conversation: GrowingConversation;
  /** Rises when playing, speed, or following changes. */
  readonly changed = signal(0);
  readonly names: Names;
  /** The words to say aloud about the current run. */
  readonly said = signal('');
  /** The scale that maps time to place, as last painted; undefined before the first painting. */
  readonly scale: Signal<Scale | undefined> = signal(undefined);
  /** The stretch of time that the reader has selected. */
  readonly selection = new SpanSelection(this.clock, () => this.view.stretch);
  /** Called with each painting. */
  onPosition: (position: number, end: number) => void = () => undefined;

  readonly #selected: Signal<Flight | undefined>;
  readonly #expectedMs: ReadonlySignal<number> | undefined;
  readonly #schedule = new PaintSchedule(() => this.#paint());
  /** Counts what is missing from the picture as last painted. */
  readonly leftOut = new LeftOutCount(() =>
    this.#schedule.isOver ? undefined : leftOutOf(this.#stage, this.conversation.current),
  );
  #willWrite = false;
  /** Comes with the first stage, and is kept for the next one. */
  #announcer: Announcer | undefined;
  /** Undefined until the drawing code has loaded: until then it plays unseen, behind the picture that the server wrote. */
  #stage: CanvasStage | undefined;

  constructor(
    source: Source,
    selected: Signal<Flight | undefined>,
    { names, expectedMs }: { names?: Names; expectedMs?: ReadonlySignal<number> | undefined },
  ) {
    this.#selected = selected;
    this.names = names;
    this.#expectedMs = expectedMs;
    this.conversation = new GrowingConversation(source);
    this.clock.extend(this.conversation.current.end);
    this.view = new PlaybackView(this.clock, {
      focus: () => this.#selected.value?.sentAt ?? this.clock.position,
      onChange: () => this.repaint(),
    });
  }

  /** The source being played. */
  get source(): Source {
    return this.conversation.source;
  }

  /** Attaches a stage that has a size, and an announcer. Returns a function that detaches the stage. */
  attach(stage: CanvasStage, announcer?: Announcer): () => void {
    this.#stage = stage;
    this.#announcer ??= announcer;
    this.#schedule.begin();
    // Paint at once: a canvas that has changed its size is empty.
    stage.onChange = () => this.#schedule.now();
    this.#schedule.now();
    return () => {
      this.#stage = undefined;
      this.#schedule.end();
    };
  }

  /** Plays another trace in place of this one. */
  play(source: Source): void {
    if (source.trace === this.source.trace) return;
    this.conversation.play(source);
    this.#announcer?.restart();
    this.selection.clear();
    if (!this.clock.running) {
      // An opened trace gets its own size; an empty trace is a run about to begin, and keeps the last size.
      if (source.trace.connections.length > 0) this.conversation.fit();
      this.#read();
      this.clock.stop(this.conversation.current.end);
      this.view.showWhole();
    }
    this.repaint();
  }

  /** Notes that the trace has grown, and repaints. */
  grew(): void {
    this.conversation.grew();
    this.repaint();
  }

  /** Begins a run whose present `live` gives; ends the run if `live` is undefined. */
  setLive(live: (() => number) | undefined): void {
    const growing = this.conversation;
    if (live) {
      this.clock.start(live);
      this.view.beginRun(this.#expectedMs?.value ?? growing.latestOneWayMs() ?? growing.usualMs ?? 0);
    } else if (this.clock.running) {
      this.#read();
      this.clock.stop(growing.current.end);
      // Read once more: during a run some values lag a little.
      growing.grew();
      // Say the last news too, once there has been time to hear what was said before.
      setTimeout(() => this.#speak(), this.#announcer?.every);
      this.view.endRun(growing.current.end);
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
    return eventFrom(eventTimesOf(this.source), moment, by) ?? (by > 0 ? this.clock.end : 0);
  }

  /** Goes to a moment and rests there, and selects the flight if one is named. */
  goTo(moment: number, flight?: string): void {
    this.control((clock) => {
      clock.pause();
      clock.seek(moment);
    });
    if (flight !== undefined) this.#selected.value = this.source.flights.find(({ id }) => id === flight);
    this.view.show(moment);
  }

  /** Changes to the next speed, faster or slower. */
  changeSpeed(by: 1 | -1): void {
    const at = speeds.indexOf(this.clock.speed as (typeof speeds)[number]);
    const speed = speeds[at + by];
    if (speed !== undefined) this.control((clock) => clock.setSpeed(speed));
  }

  /** Selects the frame `by` frames after the selected one in the order of sending; counts from an end if none is selected. */
  selectBy(by: number): void {
    this.#read();
    const { flights } = this.conversation.current;
    const at = this.#selected.value ? flights.indexOf(this.#selected.value) : by > 0 ? -1 : flights.length;
    const flight = flights[Math.min(Math.max(at + by, 0), flights.length - 1)];
    if (!flight) return;
    this.#selected.value = flight;
    this.view.show(flight.sentAt);
    this.repaint();
  }

  /** Paints with the next animation frame. */
  repaint(): void {
    this.#schedule.soon();
  }

  #announce(): void {
    this.changed.value++;
    this.#schedule.withNextFrame();
  }

  #read(): void {
    this.conversation.read(this.clock.running);
    this.clock.extend(this.conversation.current.end);
  }

  #paint(): void {
    const { clock, conversation: growing } = this;
    const stage = this.#stage;
    const wasMoving = clock.moving;
    clock.setStepped(prefersSteps());
    clock.settle();
    this.#read();
    this.view.turn(() => growing.latestOneWayMs() ?? 0);
    const { position, end } = clock;
    stage?.paint({
      conversation: growing.current,
      view: this.view.stretch,
      running: clock.running,
      pairs: growing.pairs.value,
      names: this.names,
      now: !clock.running && position >= end ? undefined : position,
      selected: this.#selected.value,
      expectedMs: (flight) => this.#expectedMs?.value ?? growing.current.lastOneWayMs(flight) ?? growing.usualMs,
    });
    this.onPosition(position, Math.max(end, growing.current.end));
    if (stage) this.#noteScale(stage);
    if (clock.running) this.#speak();
    else this.leftOut.noteSoon();
    if (clock.moving) this.#scheduleNext();
    else if ((clock.running && growing.isUnwritten) || stage?.isBehind) this.repaint();
    if (clock.moving !== wasMoving) this.changed.value++;
    if (growing.isUnwritten) this.#writeSoon();
  }

  /** Writes in a task of its own: with many frames that takes as long as a painting. */
  #writeSoon(): void {
    if (this.#willWrite) return;
    this.#willWrite = true;
    setTimeout(() => {
      this.#willWrite = false;
      if (this.#schedule.isOver || !this.conversation.isDue(this.clock.running)) return;
      this.leftOut.note();
      this.conversation.write();
    });
  }

  #noteScale({ scale }: CanvasStage): void {
    const known = this.scale.peek();
    if (scale && (Object.keys(scale) as (keyof Scale)[]).some((key) => scale[key] !== known?.[key])) this.scale.value = scale;
  }

  #speak(): void {
    this.#announcer?.read(this.source.trace.events);
    const words = this.#announcer?.next(performance.now());
    if (words !== undefined) this.said.value = words;
  }

  /** Schedules the next painting: on the next animation frame, or, with reduced motion, at the next step. */
  #scheduleNext(): void {
    if (!prefersSteps()) return this.repaint();
    this.#schedule.afterStep(() => {
      if (this.clock.stepped) this.clock.seek(nextStep(this.source, this.clock.position) ?? this.clock.end);
    });
  }
}
