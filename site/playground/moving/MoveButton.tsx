import type { MoveOffer } from './remarks.ts';

interface Props {
  offer: MoveOffer;
  onMove: () => void;
}

/** Offers to move a server out of client.ts: within the playground if it has a file for servers, and otherwise to the one that has. */
export function MoveButton({ offer, onMove }: Props) {
  return (
    <div class="pg-offer">
      <p>client.ts holds a server.</p>
      {offer.hash === undefined ? (
        <button type="button" class="pg-button" onClick={onMove}>
          Move it to server.ts
        </button>
      ) : (
        <a class="pg-button" href={`${import.meta.env.BASE_URL}playground/${offer.hash}`}>
          Open it as server.ts in the empty playground
        </a>
      )}
    </div>
  );
}
