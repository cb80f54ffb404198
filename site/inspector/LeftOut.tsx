/** Says that bytes of a request were withheld: those that reveal who asks, and the name of the session. */
import { bytesWords } from './frame/anatomy.ts';

export function LeftOut({ bytes }: { bytes: number | undefined }) {
  if (!bytes) return null;
  return (
    <p class="fi-note">
      {bytesWords(bytes)} of this request {bytes === 1 ? 'stands' : 'stand'} as *, since they tell who asks, or the name of the
      session, which is for nobody else to know.
    </p>
  );
}
