/** Shows what the server really answers to changed bytes: sends them on a connection of their own and lists its frames. */
import { useState } from 'preact/hooks';
import { closeCodeMeaning } from '../../../protocol/wire/close-code.ts';
import { type Frame, FrameParser, Opcode, opcodeName } from '../../../protocol/wire/frame.ts';
import { bytesWords, hexOf } from './anatomy.ts';

/**
 * Sends bytes to the server after an opening handshake, ends, and resolves with everything that came back after the server's.
 * Rejects with an Error, whose message is a sentence, if there is no server or it takes no more.
 */
export type AskServer = (bytes: Uint8Array) => Promise<Uint8Array>;

interface Props {
  /** Undefined if there is no server to ask. */
  ask: AskServer | undefined;
  bytes: Uint8Array;
  /** Earlier frames of the same message. */
  before: readonly Uint8Array[];
  /** The code for the first rule that the bytes break; undefined if they break none. */
  expected: number | undefined;
  /** Why these bytes cannot be sent, if so. */
  hindrance: string | undefined;
}

type Asked = { answer: Uint8Array } | { problem: string } | 'under way' | undefined;

export function ServerAnswer({ ask, bytes, before, expected, hindrance }: Props) {
  const [last, setLast] = useState<{ of: Uint8Array; asked: Asked }>();
  // An answer is valid only for the bytes that were sent.
  const asked = last?.of === bytes ? last.asked : undefined;
  const setAsked = (asked: Asked): void =>
    setLast((now) => (asked === 'under way' || now?.of === bytes ? { of: bytes, asked } : now));
  const why = hindrance ?? (ask ? undefined : 'There is no sandbox server on this page to send them to.');
  if (why !== undefined || !ask) return <p class="fi-note">{why}</p>;
  const send = async (): Promise<void> => {
    setAsked('under way');
    try {
      setAsked({ answer: await ask(joined([...before, bytes])) });
    } catch (error) {
      setAsked({ problem: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <>
      <p>
        <button type="button" class="fi-button" disabled={asked === 'under way'} onClick={() => void send()}>
          Send these bytes to the server
        </button>
      </p>
      <div role="status" aria-label="The server's answer">
        {asked === 'under way' ? (
          <p>Sent, on a connection of their own.</p>
        ) : asked === undefined ? null : 'problem' in asked ? (
          <p>
            <strong class="fi-wrong">{asked.problem}</strong>
          </p>
        ) : (
          <Answer bytes={asked.answer} earlier={before.length} expected={expected} />
        )}
      </div>
    </>
  );
}

function Answer({ bytes, earlier, expected }: { bytes: Uint8Array; earlier: number; expected: number | undefined }) {
  const frames = new FrameParser().push(bytes);
  const close = frames.find(({ opcode }) => opcode === Opcode.close);
  const judged = compared(close && codeOf(close), expected);
  return (
    <>
      <p>
        <strong>The server's own answer</strong>, on a connection of its own
        {earlier > 0 && `, after the ${earlier === 1 ? 'frame' : `${earlier} frames`} of this message that came before`}:
      </p>
      <ul class="fi-answer">
        {frames.map((frame, i) => (
          <li key={i}>
            {frameWords(frame)} <code>{hexOf(frame.bytes.subarray(0, mostBytes))}</code>
            {frame.bytes.length > mostBytes && ' …'}
          </li>
        ))}
      </ul>
      {frames.length === 0 && <p>Nothing came back: there was nothing to answer yet when the bytes ended.</p>}
      {judged && <p>{judged}</p>}
    </>
  );
}

/** Says whether the server closed with the code that the rules gave. A code that the client itself sent proves nothing. */
function compared(code: number | undefined, expected: number | undefined): string | undefined {
  if (expected !== undefined) {
    return code === expected ? 'That is the code that the rule above gives.' : `The rule above gives ${expected}.`;
  }
  if (code === 1009) return 'No rule bounds the length of a message. This server does, and says so with 1009.';
  return code === 1002 || code === 1007 ? 'It breaks none of the rules above.' : undefined;
}

const mostBytes = 48;

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function codeOf({ payload: [high, low] }: Frame): number | undefined {
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}

/** Returns text such as `close 1002, protocol error: “A frame broke a rule …”`; `text, 5 bytes: “Hello”`. */
function frameWords(frame: Frame): string {
  const { opcode, payload, length } = frame;
  const text = new TextDecoder();
  if (opcode === Opcode.close) {
    const code = codeOf(frame);
    const reason = text.decode(payload.subarray(2));
    return `close ${code === undefined ? 'without a code' : `${code}, ${closeCodeMeaning(code).name}`}${reason && `: “${reason}”`}`;
  }
  const words = `${opcodeName(opcode)}, ${bytesWords(length)}`;
  return opcode === Opcode.text && length > 0 ? `${words}: “${text.decode(payload.subarray(0, mostBytes))}”` : words;
}
