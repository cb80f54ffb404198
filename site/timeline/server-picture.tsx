/** What only the server writes: the first picture, its legend, and the table for readers without scripts. */
import { useId } from 'preact/hooks';
import { measureDuplex } from '../../protocol/duplex.ts';
import { layoutTimeline } from './layout.ts';
import type { Orientation } from './marks.ts';
import type { Player } from './player.ts';
import { TimelineSvg } from './TimelineSvg.tsx';
import { whole } from './viewport.ts';
import { conversationWords } from './words.ts';

export { FrameTable } from './FrameTable.tsx';
export { Legend } from './Legend.tsx';

/** Sizes of the static pictures, CSS pixels; timeline.css gives the box the same shapes. */
const acrossHeights = [390, 410, 470, 560, 650, 744] as const;
const sizes = {
  across: (pairs: number) => ({ width: 560, height: acrossHeights[Math.min(pairs, 6) - 1] as number }),
  down: () => ({ width: 360, height: 480 }),
};

/** Both static pictures; the style sheet shows the one that fits. */
export function Pictures({ player }: { player: Player }) {
  const id = useId();
  const conversation = player.written.value;
  const description = conversationWords(conversation.flights, conversation.connections, measureDuplex(conversation.flights));
  const pairs = player.pairs.value;
  return (
    <div>
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
