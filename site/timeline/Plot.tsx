/** The picture: SVG until there is a script, then canvases that are painted by the player. */
import type { Signal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { measureDuplex } from '../../protocol/duplex.ts';
import type { Flight } from '../../protocol/flight.ts';
import { layoutTimeline } from './layout.ts';
import type { Orientation, Point } from './marks.ts';
import type { Player } from './player.ts';
import { Stage } from './stage.ts';
import { TimelineSvg } from './TimelineSvg.tsx';
import { whole } from './viewport.ts';
import { conversationWords, flightWords } from './words.ts';

/** Sizes of the static pictures, CSS pixels; timeline.css gives the box the same shapes. */
const acrossHeights = [390, 410, 470, 560, 650, 744] as const;
const sizes = {
  across: (pairs: number) => ({ width: 560, height: acrossHeights[Math.min(pairs, 6) - 1] as number }),
  down: () => ({ width: 360, height: 480 }),
};

/** Moving by less than this is a click, more is a drag; CSS pixels. */
const dragFrom = 5;

export function Plot({ player, selected }: { player: Player; selected: Signal<Flight | undefined> }) {
  const box = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const moving = useRef<HTMLCanvasElement>(null);
  const stage = useRef<Stage>();
  const [isLive, setLive] = useState(false);

  useLayoutEffect(() => setLive(true), []);
  useLayoutEffect(() => {
    if (!isLive || !box.current || !still.current || !moving.current) return;
    const set = new Stage(box.current, [still.current, moving.current]);
    stage.current = set;
    const detach = player.attach(set);
    return () => {
      detach();
      set.close();
    };
  }, [isLive, player]);
  useEffect(() => selected.subscribe(() => player.repaint()), [selected, player]);
  usePointer(box, stage, player, selected);

  const { connections } = player.written.value;
  const words = selected.value ? flightWords(selected.value, connections, player.clock.running) : '';
  return (
    <>
      <div
        ref={box}
        class="tl-plot"
        data-pairs={Math.min(player.pairs.value, 6)}
        {...(isLive && { tabIndex: 0, role: 'group', 'aria-label': 'Frames: arrow keys choose one, Space plays' })}
        onKeyDown={(event) => onKey(event, player, selected)}
      >
        {isLive ? (
          <>
            <canvas ref={still} aria-hidden="true" />
            <canvas ref={moving} aria-hidden="true" />
          </>
        ) : (
          <Pictures player={player} />
        )}
      </div>
      <p class="tl-sr" aria-live="polite">
        {words}
      </p>
    </>
  );
}

/** Both static pictures; the style sheet shows the one that fits. In the browser they are left as the server wrote them. */
function Pictures({ player }: { player: Player }) {
  const id = useId();
  if (!import.meta.env.SSR) return <div class="tl-static" dangerouslySetInnerHTML={{ __html: '' }} />;
  const conversation = player.written.value;
  const description = conversationWords(conversation.flights, conversation.connections, measureDuplex(conversation.flights));
  const pairs = player.pairs.value;
  return (
    <div class="tl-static">
      {(['across', 'down'] as Orientation[]).map((orientation) => (
        <TimelineSvg
          layout={layoutTimeline(conversation, {
            ...whole(conversation.end),
            ...sizes[orientation](pairs),
            orientation,
            pairs,
            names: player.names,
          })}
          id={`${id}-${orientation}`}
          title="Recorded frames over time"
          description={description}
        />
      ))}
    </div>
  );
}

function onKey(event: KeyboardEvent, player: Player, selected: Signal<Flight | undefined>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
  const act: Record<string, () => void> = {
    ArrowRight: () => player.selectBy(1),
    ArrowLeft: () => player.selectBy(-1),
    Home: () => player.selectBy(-Infinity),
    End: () => player.selectBy(Infinity),
    ' ': () => player.togglePlaying(),
    '+': () => player.zoom(0.5),
    '-': () => player.zoom(2),
    Escape: () => (selected.value = undefined),
  };
  const chosen = act[event.key];
  if (!chosen) return;
  event.preventDefault();
  chosen();
}

type Held<T> = { readonly current: T | null | undefined };

/** Click selects, drag moves the view along the time, Ctrl and the wheel show more or less of it. */
function usePointer(box: Held<HTMLDivElement>, stage: Held<Stage>, player: Player, selected: Signal<Flight | undefined>): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const listening = new AbortController();
    const { signal } = listening;
    const at = ({ clientX, clientY }: MouseEvent): Point => {
      const { left, top } = element.getBoundingClientRect();
      return { x: clientX - left, y: clientY - top };
    };
    let pressed: { from: Point; last: Point; dragged: boolean } | undefined;
    const press = (event: PointerEvent): void => {
      if (event.button === 0) pressed = { from: at(event), last: at(event), dragged: false };
    };
    const move = (event: PointerEvent): void => {
      const set = stage.current;
      const here = at(event);
      if (!set) return;
      if (!pressed) {
        if (event.pointerType === 'mouse') element.classList.toggle('tl-over', set.frameAt(here) !== undefined);
        return;
      }
      pressed.dragged ||= Math.hypot(here.x - pressed.from.x, here.y - pressed.from.y) > dragFrom;
      // Down the page a finger scrolls the page.
      if (!pressed.dragged || (set.orientation === 'down' && event.pointerType === 'touch')) return;
      element.setPointerCapture(event.pointerId);
      player.pan(set.timeAt(pressed.last) - set.timeAt(here));
      pressed.last = here;
    };
    const release = (event: PointerEvent): void => {
      const mark = pressed && !pressed.dragged ? stage.current?.frameAt(at(event)) : undefined;
      if (mark) selected.value = mark.flight;
      pressed = undefined;
    };
    const turn = (event: WheelEvent): void => {
      if (event.ctrlKey) {
        event.preventDefault();
        player.zoom(1.0015 ** event.deltaY, stage.current?.timeAt(at(event)));
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) && stage.current?.orientation === 'across') {
        event.preventDefault();
        player.pan(stage.current.timeAt({ x: event.deltaX, y: 0 }) - stage.current.timeAt({ x: 0, y: 0 }));
      }
    };
    element.addEventListener('pointerdown', press, { signal });
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', release, { signal });
    element.addEventListener('pointercancel', () => (pressed = undefined), { signal });
    element.addEventListener('wheel', turn, { signal, passive: false });
    return () => listening.abort();
  }, [player]);
}
