/**
 * Lets a hand move the picture. Mouse and pen: a click chooses a frame, a drag moves the view along time, a drag with Shift
 * selects a span, Ctrl and the wheel show more or less time, Shift and the wheel move along it. Fingers: one chooses and, where
 * time runs across, drags; two show more or less time and move along it. One finger up or down scrolls the page (touch-action).
 */
import type { Signal } from '@preact/signals';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { Point } from '../layout/marks.ts';
import type { Player } from './player.ts';
import type { CanvasStage } from '../paint/canvas-stage.ts';

/** A press that moves further than this is a drag, otherwise a click; CSS pixels. */
const dragFrom = 5;
/** Pixels per line, for a wheel that counts in lines. */
const lineHeight = 16;

interface Held {
  from: Point;
  last: Point;
  dragged: boolean;
  /** Where the span being selected begins, ms; undefined if this drag selects none. */
  spanFrom: number | undefined;
}

/** Listens to the element that shows the stage, until the signal aborts. */
export function attachGestures(
  element: HTMLElement,
  stage: CanvasStage,
  { player, selected }: { player: Player; selected: Signal<Flight | undefined> },
  signal: AbortSignal,
): void {
  const held = new Map<number, Held>();
  const at = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };

  const press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const here = at(event);
    const spanFrom = event.shiftKey ? stage.timeAt(here) : undefined;
    // Two fingers drag from the start.
    for (const other of held.values()) other.dragged = true;
    held.set(event.pointerId, { from: here, last: here, dragged: held.size > 0, spanFrom });
  };

  const move = (event: PointerEvent): void => {
    const here = at(event);
    const own = held.get(event.pointerId);
    if (!own) {
      if (event.pointerType === 'mouse') element.classList.toggle('tl-over', stage.frameAt(here) !== undefined);
      return;
    }
    if (!own.dragged) {
      if (Math.hypot(here.x - own.from.x, here.y - own.from.y) <= dragFrom) return;
      own.dragged = true;
      element.setPointerCapture(event.pointerId);
    }
    if (held.size === 2) pinch(own, here);
    else if (own.spanFrom !== undefined) player.selection.select(own.spanFrom, stage.timeAt(here));
    // When time runs down, a finger scrolls the page instead.
    else if (stage.orientation === 'across' || event.pointerType !== 'touch')
      player.view.pan(stage.timeAt(own.last) - stage.timeAt(here));
    own.last = here;
  };

  const pinch = (own: Held, here: Point): void => {
    const other = [...held.values()].find((one) => one !== own)?.last;
    if (!other) return;
    const apart = (point: Point): number => Math.max(20, Math.hypot(point.x - other.x, point.y - other.y));
    const middle = (point: Point): number => stage.timeAt({ x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 });
    player.view.pan(middle(own.last) - middle(here));
    player.view.zoom(apart(own.last) / apart(here), middle(own.last));
  };

  const release = (event: PointerEvent): void => {
    const own = held.get(event.pointerId);
    held.delete(event.pointerId);
    const mark = own && !own.dragged ? stage.frameAt(at(event)) : undefined;
    if (mark) selected.value = mark.flight;
  };

  const turn = (event: WheelEvent): void => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : 1;
    if (event.ctrlKey) {
      event.preventDefault();
      player.view.zoom(1.0015 ** (event.deltaY * unit), stage.timeAt(at(event)));
      return;
    }
    // Leave plain vertical scrolling to the page.
    const by = (event.shiftKey ? event.deltaX || event.deltaY : event.deltaX) * unit;
    if (Math.abs(event.deltaX) <= Math.abs(event.deltaY) && !event.shiftKey) return;
    event.preventDefault();
    player.view.pan(stage.timeAt({ x: by, y: by }) - stage.timeAt({ x: 0, y: 0 }));
  };

  const holdPage = (event: TouchEvent): void => {
    if (event.touches.length > 1) event.preventDefault();
  };

  element.addEventListener('pointerdown', press, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', release, { signal });
  element.addEventListener('pointercancel', ({ pointerId }) => held.delete(pointerId), { signal });
  element.addEventListener('wheel', turn, { signal, passive: false });
  element.addEventListener('touchstart', holdPage, { signal, passive: false });
  element.addEventListener('touchmove', holdPage, { signal, passive: false });
}
