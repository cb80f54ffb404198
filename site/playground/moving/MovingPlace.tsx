/** Where a playground offers to move a server, and shows programs to copy by hand. */
import type { Moving } from './moving.ts';

export function MovingPlace({ moving }: { moving: Moving | undefined }) {
  const offer = moving?.offer.value;
  const byHand = moving?.byHand.value;
  return (
    <>
      {/* There before anything is in it, so that screen readers announce what appears. */}
      <div role="status">{moving && offer && <moving.MoveButton offer={offer} onMove={() => moving.move()} />}</div>
      {moving && byHand !== undefined && (
        <moving.ProgramsByHand text={byHand} onClose={() => (moving.byHand.value = undefined)} />
      )}
    </>
  );
}
