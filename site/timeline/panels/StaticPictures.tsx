/** The parts that only the server writes: the first picture, its legend, and the table for readers without scripts. */
import { useId } from 'preact/hooks';
import { measureDuplex } from '../../../protocol/measures/duplex.ts';
import { layoutTimeline } from '../layout/layout.ts';
import type { Player } from '../player/player.ts';
import { TimelineSvg } from '../paint/TimelineSvg.tsx';
import { whole } from '../layout/viewport.ts';
import { conversationWords } from '../words/flight-words.ts';

export { FrameTable } from './FrameTable.tsx';
export { Legend } from './Legend.tsx';

/** Heights of the static pictures, CSS pixels; timeline.css gives the box the same shapes. */
const heights = {
  across: [390, 410, 470, 560, 650, 744],
  wide: [430, 450, 520, 600, 680, 760],
} as const;
const sizes = {
  across: (rooms: number) => ({ width: 560, height: heights.across[Math.min(rooms, 6) - 1] as number }),
  down: () => ({ width: 360, height: 480 }),
  wide: (rooms: number) => ({ width: 1080, height: heights.wide[Math.min(rooms, 6) - 1] as number }),
};

/**
 * The static pictures; the style sheet shows the one that fits. Compared traces get one more, since they span the whole width
 * of a page; only they have names.
 */
export function StaticPictures({ player }: { player: Player }) {
  const id = useId();
  const conversation = player.conversation.written.value;
  const description = conversationWords(conversation.flights, conversation.connections, measureDuplex(conversation.flights));
  const pairs = player.conversation.pairs.value;
  return (
    <div>
      {([...(player.names ? (['wide'] as const) : []), 'across', 'down'] as const).map((shape) => (
        <TimelineSvg
          layout={layoutTimeline(conversation, {
            ...whole(conversation.end),
            ...sizes[shape](player.conversation.rooms.value),
            orientation: shape === 'down' ? 'down' : 'across',
            pairs,
            names: player.names,
          })}
          id={`${id}-${shape}`}
          shape={shape}
          title="Recorded frames over time"
          description={description}
        />
      ))}
    </div>
  );
}
