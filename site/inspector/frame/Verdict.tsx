/** Shows what the receiver makes of a frame's bytes: the rules that they break, and the code that it closes with. */
import { useMemo } from 'preact/hooks';
import { closeCodeMeaning } from '../../../protocol/wire/close-code.ts';
import { opcodeName } from '../../../protocol/wire/frame.ts';
import { fromHex } from '../../../protocol/trace/trace.ts';
import { bytesWords } from './anatomy.ts';
import { type Before, receive, type ReceivedFrame } from './receiving.ts';
import { SectionLink } from '../SectionLink.tsx';
import { type AskServer, ServerAnswer } from './ServerAnswer.tsx';

interface Props {
  bytes: Uint8Array;
  /** Undefined if any frame before this one is unknown. */
  before: Before | undefined;
  /** Bytes of the frame that the tap did not keep. */
  missing: number;
  isChanged: boolean;
  onPutBack: () => void;
  ask: AskServer | undefined;
}

/** Many receivers refuse longer messages, and no rule says what a receiver has to take. */
const longMessage = 65_535;

export function Verdict({ isChanged, onPutBack, before, ask, ...judged }: Props) {
  return (
    <div class={isChanged ? 'fi-verdict fi-mine' : 'fi-verdict'}>
      {isChanged && (
        <p>
          <strong>Changed by you: not sent on this connection.</strong>{' '}
          <button type="button" class="fi-button" onClick={onPutBack}>
            Put back
          </button>
        </p>
      )}
      <div role="status">
        {before ? (
          <Judgement {...judged} isChanged={isChanged} before={before} />
        ) : (
          <p>Not judged: the tap did not capture all frames before this one.</p>
        )}
      </div>
      {isChanged && before && (
        <ServerAnswer
          ask={ask}
          bytes={judged.bytes}
          before={before.frames.map(({ bytes }) => fromHex(bytes))}
          expected={receive(judged.bytes, before.state).frames.at(-1)?.violations[0]?.closeCode}
          hindrance={hindranceOf(before, judged.missing)}
        />
      )}
    </div>
  );
}

/** Returns why the server cannot be asked about the bytes. */
function hindranceOf({ state, frames }: Before, missing: number): string | undefined {
  if (state.direction === 'server-to-client') return 'Your browser receives this frame, and no page can send one to it.';
  if (state.closed) return 'It cannot be sent to the server: a Close frame came before it.';
  if (state.rsvAllowed !== 0) return 'It cannot be sent to the server: this connection had agreed to compression.';
  const isWhole = missing === 0 && frames.every(({ bytes, length }) => bytes.length / 2 >= length);
  return isWhole ? undefined : 'It cannot be sent to the server: the tap did not keep all of its bytes.';
}

interface Judged extends Pick<Props, 'bytes' | 'missing' | 'isChanged'> {
  before: Before;
}

function Judgement({ bytes, before: { state }, missing, isChanged }: Judged) {
  const { frames, more, waitsFor, unfinished, unread } = useMemo(() => receive(bytes, state, missing), [bytes, state, missing]);
  const receiver = state.direction === 'client-to-server' ? 'server' : 'client';
  const last = frames.at(-1);
  const broken = last?.violations ?? [];
  const breaks = broken.length > 0;
  const read = frames.map(frameWords);
  if (more > 0) read.splice(breaks ? -1 : read.length, 0, `${more} more`);
  return (
    <>
      {isChanged && read.length > 0 && <p>Read as {read.join(', then ')}.</p>}
      {state.closed && <p>A Close frame came before it: the {receiver} has closed and does not read it.</p>}
      {broken.map((violation, nth) => (
        <Broken key={violation.because} {...violation} isFirst={nth === 0} isRead={!state.closed} receiver={receiver} />
      ))}
      {!breaks && <p>Breaks no rule of RFC 6455.</p>}
      {unread > 0 && <p>The {bytesWords(unread)} behind it would not be read.</p>}
      {waitsFor > missing && !breaks && (
        <p>
          Incomplete: the {receiver} waits for{' '}
          {waitsFor === Infinity ? 'more than 2^53 bytes' : `${bytesWords(waitsFor - missing)} more`}
          {(unfinished?.length ?? 0) > longMessage &&
            ', unless it does not accept a message that long: then it closes with 1009, too big'}
          .
        </p>
      )}
      {missing > 0 && <p>Judged by the first {bytesWords(bytes.length)}: the tap kept no more.</p>}
    </>
  );
}

function frameWords({ opcode, length, fin }: ReceivedFrame): string {
  const size = length === Infinity ? 'more than 2^53 bytes' : length === undefined ? 'an incomplete length' : bytesWords(length);
  return `a ${opcodeName(opcode)} frame of ${size}${fin ? '' : ', not the last of its message'}`;
}

/** Shows the first broken rule, which decides: the receiver stops looking there. */
function Broken({
  section,
  rfc,
  rule,
  because,
  closeCode,
  receiver,
  isFirst,
  isRead,
}: ReceivedFrame['violations'][number] & { receiver: string; isFirst: boolean; isRead: boolean }) {
  return (
    <p class="fi-broken">
      {!isFirst && 'Even without that: '}
      <strong>{because}</strong> {rule} <SectionLink section={section} rfc={rfc} />{' '}
      {isFirst && isRead ? `The ${receiver} closes with ` : 'The code for that alone is '}
      {closeCode}, {closeCodeMeaning(closeCode).name}.
    </p>
  );
}
