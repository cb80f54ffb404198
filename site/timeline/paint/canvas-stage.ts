/** Two canvases, one over the other and as large as their box: one for what stands still, one for what moves. */
import type { Flight } from '../../../protocol/trace/flight.ts';
import { paintMoving } from './moving-layer.ts';
import { paintStill } from './still-layer.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { inFlightAt, nearestFrame, waitingAt } from '../layout/in-flight.ts';
import { layoutTimeline } from '../layout/layout.ts';
import { timeAt } from '../layout/marks.ts';
import type { FrameMark, Layout, Orientation, Point } from '../layout/marks.ts';
import { type Palette, onThemeChange, readPalette } from './palette.ts';
import type { Stretch } from '../layout/viewport.ts';

/** Below this width time runs down; timeline.css changes the box's shape at the same width. */
const narrow = 480;
/** How far from a frame's line a click may be and still choose it, CSS pixels. */
const reach = 24;

/** The share of time that laying out may take during a run: the picture of what stands still then lags by a few frames. */
const shareOfTime = 0.3;

/** What to show. */
export interface Scene {
  conversation: Conversation;
  view: Stretch;
  running: boolean;
  pairs: number;
  names: Readonly<Record<string, string>> | undefined;
  /** The moment shown; undefined at rest at the end. */
  now: number | undefined;
  selected: Flight | undefined;
  expectedMs: (flight: Flight) => number | undefined;
}

/** Maps time to place: `from` is at the coordinate `start`, `to` at `end`, along a picture of that size; CSS pixels. */
export interface Scale {
  from: number;
  to: number;
  start: number;
  end: number;
  orientation: Orientation;
  width: number;
  height: number;
}

export class CanvasStage {
  /** Called when the stage itself needs repainting: its size or the page's theme has changed. */
  onChange: () => void = () => undefined;

  /** True if more is known than what stands still shows: it needs repainting a little later. */
  isBehind = false;

  readonly #canvases: [still: HTMLCanvasElement, moving: HTMLCanvasElement];
  readonly #stop: () => void;
  #palette: Palette | undefined;
  /** The scene that the layout was made from. */
  #painted: Scene | undefined;
  #layout: Layout | undefined;
  /** True while the moving canvas is empty. */
  #isBare = false;
  #width = 0;
  #height = 0;
  /** How long the last layout took, and when it was done, ms. */
  #tookMs = 0;
  #laidOutAt = 0;

  constructor(box: HTMLElement, canvases: [still: HTMLCanvasElement, moving: HTMLCanvasElement]) {
    this.#canvases = canvases;
    const resize = (): void => {
      const { clientWidth, clientHeight } = box;
      if (clientWidth === this.#width && clientHeight === this.#height) return;
      [this.#width, this.#height] = [clientWidth, clientHeight];
      for (const canvas of canvases) {
        canvas.width = Math.round(clientWidth * devicePixelRatio);
        canvas.height = Math.round(clientHeight * devicePixelRatio);
      }
      this.#layout = undefined;
      this.onChange();
    };
    const sizes = new ResizeObserver(resize);
    sizes.observe(box);
    const stopTheme = onThemeChange(() => {
      this.#palette = undefined;
      this.#layout = undefined;
      this.onChange();
    });
    this.#stop = () => {
      sizes.disconnect();
      stopTheme();
    };
    resize();
  }

  close(): void {
    this.#stop();
  }

  get orientation(): Orientation {
    return this.#width < narrow ? 'down' : 'across';
  }

  /** Paints what has changed since the last time. */
  paint(scene: Scene): void {
    if (this.#width === 0 || this.#height === 0) return;
    const [still, moving] = this.#canvases;
    const palette = (this.#palette ??= readPalette(still));
    const layout = this.#layoutFor(scene);
    const selected = scene.selected && layout.frames.find(({ flight }) => flight === scene.selected);
    const now = scene.now;
    // Leave the canvas alone if it is empty and stays empty: the browser would draw all of it again.
    const isBare = now === undefined && !selected;
    if (isBare && this.#isBare) return;
    this.#isBare = isBare;
    paintMoving(this.#context(moving), layout, palette, {
      now,
      heads: now === undefined ? [] : inFlightAt(layout, now, scene.expectedMs),
      waiting: now === undefined ? [] : waitingAt(layout, now),
      selected,
    });
  }

  get scale(): Scale | undefined {
    const layout = this.#layout;
    return layout && { ...layout.time, orientation: layout.orientation, width: layout.width, height: layout.height };
  }

  /** The number of frames in view that are not drawn, since they fall on others. */
  get leftOut(): number {
    return this.#layout?.leftOut ?? 0;
  }

  /** The number of connections that are not drawn, since there is no room for their lanes. */
  get unplaced(): number {
    return this.#layout?.unplaced ?? 0;
  }

  /** Returns the frame nearest to a point of the box, if one is near. */
  frameAt(at: Point): FrameMark | undefined {
    return this.#layout && nearestFrame(this.#layout, at, reach);
  }

  /** Returns the trace's time at a point of the box, ms. */
  timeAt({ x, y }: Point): number {
    return this.#layout ? timeAt(this.#layout, this.#layout.orientation === 'across' ? x : y) : 0;
  }

  #layoutFor(scene: Scene): Layout {
    const { conversation, view, running, pairs, names, selected, expectedMs } = scene;
    const before = this.#painted;
    const began = performance.now();
    const isSame =
      before?.view.from === view.from &&
      before.view.to === view.to &&
      before.running === running &&
      before.pairs === pairs &&
      (before.selected === selected || this.#layout?.leftOut === 0);
    const isBusy = running && began - this.#laidOutAt < this.#tookMs / shareOfTime;
    this.isBehind = false;
    if (this.#layout && isSame) {
      if (before.conversation === conversation) return this.#layout;
      this.isBehind = isBusy;
      if (isBusy) return this.#layout;
    }
    const size = { width: this.#width, height: this.#height, orientation: this.orientation };
    const layout = layoutTimeline(conversation, { ...view, ...size, running, pairs, names, expectedMs, keep: selected });
    this.#layout = layout;
    paintStill(this.#context(this.#canvases[0]), layout, this.#palette as Palette);
    this.#laidOutAt = performance.now();
    this.#tookMs = this.#laidOutAt - began;
    this.#painted = scene;
    return layout;
  }

  #context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.setTransform(canvas.width / this.#width, 0, 0, canvas.height / this.#height, 0, 0);
    return context;
  }
}
