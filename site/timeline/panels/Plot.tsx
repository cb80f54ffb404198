/** The picture: SVG until there is a script, then canvases that the player paints. */
import type { Signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type * as Drawing from './lazy-drawing.ts';
import { useLoaded } from './use-loaded.ts';
import type { Player } from '../player/player.ts';
import { server } from './ssr.ts';
import { type Actors, actOn } from '../player/shortcuts.ts';

interface Props {
  player: Player;
  selected: Signal<Flight | undefined>;
  toggle: Actors['toggle'];
  /** The code that draws in the browser, once it has loaded; until then the server's picture stays. */
  drawing: typeof Drawing | undefined;
  /** Called when the server did not write this plot, so that it has no picture yet. */
  onBare: () => void;
}

const loadOverlay = async () => (await import('./SpanOverlay.tsx')).SpanOverlay;

export function Plot({ player, selected, toggle, drawing, onBare }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const moving = useRef<HTMLCanvasElement>(null);
  const [isScripted, setScripted] = useState(false);

  useLayoutEffect(() => {
    setScripted(true);
    if (!box.current?.querySelector('svg')) onBare();
  }, []);
  useLayoutEffect(() => {
    if (!drawing || !box.current || !still.current || !moving.current) return;
    const set = new drawing.Stage(box.current, [still.current, moving.current]);
    const listening = new AbortController();
    drawing.attachGestures(box.current, set, { player, selected }, listening.signal);
    const detach = player.attach(set, new drawing.Announcer());
    return () => {
      listening.abort();
      detach();
      set.close();
    };
  }, [drawing, player]);
  useEffect(() => selected.subscribe(() => player.repaint()), [selected, player]);
  const SpanOverlay = useLoaded(loadOverlay, player.selection.span.value !== undefined);

  const { connections } = player.conversation.written.value;
  const words = drawing && selected.value ? drawing.flightWords(selected.value, connections, player.clock.running) : '';
  return (
    <>
      <div
        ref={box}
        class="tl-plot"
        data-rooms={Math.min(player.conversation.rooms.value, 6)}
        {...(isScripted && {
          tabIndex: 0,
          role: 'group',
          'aria-label': 'Frames: arrow keys choose one, Space plays, ? lists the keys',
        })}
        onKeyDown={(event) => {
          if (event.target === event.currentTarget && actOn(event, { player, selected, toggle })) event.preventDefault();
        }}
      >
        {drawing ? (
          <>
            <canvas ref={still} aria-hidden="true" />
            <canvas ref={moving} aria-hidden="true" />
            {typeof SpanOverlay === 'function' && <SpanOverlay player={player} />}
            <LeftOut player={player} drawing={drawing} />
          </>
        ) : (
          <div class="tl-static">
            {server ? (
              <server.StaticPictures player={player} />
            ) : (
              // Leaves the server's markup as it was written.
              <div dangerouslySetInnerHTML={{ __html: '' }} />
            )}
          </div>
        )}
      </div>
      <p class="tl-sr" aria-live="polite">
        {words}
      </p>
    </>
  );
}

/** Says what is missing from the picture, if anything is. */
function LeftOut({ player, drawing }: { player: Player; drawing: typeof Drawing }) {
  const words = drawing.leftOutWords(player.leftOut.noted.value);
  return words ? <p class="tl-not-drawn">{words}</p> : null;
}
