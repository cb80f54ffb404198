/** Says that bytes of a request were withheld: those that reveal who asks, and the name of the session. */
import { bytesWords } from './frame/anatomy.ts';

export function LeftOut({ bytes }: { bytes: number | undefined }) {
  if (!bytes) return null;
  return (
    <p class="fi-note">
      {bytesWords(bytes)} of this request {bytes === 1 ? 'is' : 'are'} shown as *, because they would reveal who asked, or the
      name of the session, which nobody else may know.
    </p>
  );
}
