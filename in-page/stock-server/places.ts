/** The limits that readers share on the live server, for a run that has the server for itself: nobody has to give way. */
import type { Bytes, ByteShares, NoPlace, Place, Shares } from '../../sandbox-server/endpoints/shares.ts';

const stays = (): void => undefined;

/** Returns places of which there are `most`; `refusal` says why there is none left. */
export function placesFor(most: number, refusal: () => NoPlace): Shares {
  let taken = 0;
  return {
    get size() {
      return taken;
    },
    take(): Place | NoPlace {
      if (taken >= most) return refusal();
      taken++;
      let isReleased = false;
      const release = (): void => {
        if (!isReleased) taken--;
        isReleased = true;
      };
      return { join: () => stays, leave: stays, release };
    },
  };
}

/** Returns places without an end. */
export const anyPlaces = (): Shares => placesFor(Infinity, () => ({ reason: '', limit: '' }));

/** Returns bytes without a bound, counted. */
export function anyBytes(): ByteShares {
  let size = 0;
  return {
    get size() {
      return size;
    },
    open(): Bytes {
      let held = 0;
      const set = (bytes: number): void => {
        size += bytes - held;
        held = bytes;
      };
      return { set, join: () => stays, leave: stays, release: () => set(0) };
    },
  };
}
