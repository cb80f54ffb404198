/** Finds messages in what a client sends, and judges its frames as the live server does (RFC 6455 §5, §8.1). */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { readCloseBody } from '../../../protocol/wire/close-body.ts';
import { type Frame, FrameParser, isControl, Opcode } from '../../../protocol/wire/frame.ts';
import { receivingStart, stateAfter, violations, violationsSoFar } from '../../../protocol/wire/rules.ts';
import { brokenRule, limits, notUtf8, tooLong, tooManyFragments, type Violation } from '../limits.ts';

/** What a client's frames come to. */
export interface MessageListener {
  message: (data: string | Uint8Array) => void;
  ping: (payload: Uint8Array) => void;
  pong: () => void;
  /** A Close frame has come; nothing is read after it. `code` is 1005 where it has none. */
  closed: (code: number, reason: string) => void;
  /** The client broke a rule; nothing is read after it. */
  failed: (violation: Violation) => void;
}

export class MessageReader {
  readonly #listener: MessageListener;
  readonly #parser = new FrameParser();
  #state = receivingStart('client-to-server');
  #fragments: Uint8Array[] = [];
  #opcode = 0;
  #length = 0;
  #isStopped = false;

  constructor(listener: MessageListener) {
    this.#listener = listener;
  }

  /** Reads no further. */
  stop(): void {
    this.#isStopped = true;
  }

  push(bytes: Uint8Array): void {
    if (this.#isStopped) return;
    for (const frame of this.#parser.push(bytes)) {
      this.#take(frame);
      if (this.#isStopped) return;
    }
  }

  #take(frame: Frame): void {
    const violation = this.#violation(frame);
    this.#state = stateAfter(frame, this.#state);
    const { opcode, payload } = frame;
    if (violation) {
      this.stop();
      this.#listener.failed(violation);
    } else if (opcode === Opcode.ping) this.#listener.ping(payload);
    else if (opcode === Opcode.pong) this.#listener.pong();
    else if (opcode === Opcode.close) this.#takeClose(payload);
    else this.#takeData(frame);
  }

  /** Returns what a receiver finds first: it reads the header, and then what the header announces. */
  #violation(frame: Frame): Violation | undefined {
    if (violationsSoFar(frame.bytes, this.#state).length > 0) return brokenRule;
    if (!isControl(frame.opcode)) {
      if (this.#length + frame.length > limits.maxMessageBytes) return tooLong;
      if (this.#fragments.length >= limits.maxFragments) return tooManyFragments;
    }
    const [first] = violations(frame, this.#state);
    return first && (first.closeCode === 1007 ? notUtf8 : brokenRule);
  }

  #takeClose(body: Uint8Array): void {
    this.stop();
    const { code, reason } = readCloseBody(body);
    this.#listener.closed(code, reason);
  }

  #takeData({ opcode, fin, payload, length }: Frame): void {
    if (opcode !== Opcode.continuation) this.#opcode = opcode;
    this.#fragments.push(payload);
    this.#length += length;
    if (!fin) return;
    const data = concatBytes(this.#fragments);
    this.#fragments = [];
    this.#length = 0;
    // A byte order mark is text as any other.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    this.#listener.message(this.#opcode === Opcode.text ? decoder.decode(data) : data);
  }
}
