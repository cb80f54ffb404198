/** Shows the text of one frame, and the characters that its edges cut (RFC 6455 §5.6). */
import { Beginning } from '../Beginning.tsx';
import type { FrameText } from './characters.ts';
import { SectionLink } from '../SectionLink.tsx';

export function TextOfFrame({ text: { text, begins, ends }, isLast }: { text: FrameText; isLast: boolean }) {
  return (
    <>
      <pre class="fi-text">
        {begins && <span class="fi-cut">…</span>}
        <Beginning of={text} />
        {ends && <span class="fi-cut">…</span>}
      </pre>
      {begins && (
        <p class="fi-note">
          Begins inside a character: {begins.seen} of its {begins.length} bytes came before. <SectionLink section="5.6" />
        </p>
      )}
      {ends && (
        <p class="fi-note">
          Ends inside a character: {ends.seen} of {ends.length} bytes.{' '}
          {isLast ? 'No frame of this message follows.' : 'The rest is in the next frame of the message.'}{' '}
          <SectionLink section="5.6" />
        </p>
      )}
    </>
  );
}
