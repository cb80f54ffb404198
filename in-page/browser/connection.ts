/** A client's connection: the protocol below `WebSocket`, from the opening handshake to the end of TCP (RFC 6455). */
import { concatBytes } from '../../protocol/collections/concat-bytes.ts';
import { readCloseBody } from '../../protocol/wire/close-body.ts';
import { type Frame, encodeFrame, Opcode } from '../../protocol/wire/frame.ts';
import { receivingStart, stateAfter, violations } from '../../protocol/wire/rules.ts';
import type { Socket } from '../program/network.ts';
import { grantsWebSocket, StreamUnits } from '../switch/stream-units.ts';
import type { CloseArguments } from './close-arguments.ts';
import { closeBody } from './close-frame.ts';
import { agreedIn, type Asked, requestBytes } from './opening-handshake.ts';
import { Outbox } from './outbox.ts';
import type { WebSocketParts } from './parts.ts';
import type { SentData } from './sent-data.ts';

/**
 * How long a client waits before it ends TCP itself, ms: for the server's Close, as Firefox does, and then for the server to end
 * TCP (RFC 6455 §7.1.1), as Chromium does. No standard says how long.
 */
export const patience = { forClose: 10_000, forEndOfTcp: 2_000 };

/** How a connection ended. */
export interface Closure {
  code: number;
  reason: string;
  wasClean: boolean;
  /** The client had to fail the connection (RFC 6455 §7.1.7). */
  hasFailed: boolean;
}

/** What the connection tells of, each in a task of its own, since the switch hands over one frame at a time. */
export interface ConnectionEvents {
  onOpen: (protocol: string) => void;
  onMessage: (message: string | Uint8Array) => void;
  /** The server has sent a Close. */
  onClosing: () => void;
  /** The network has taken so many bytes of messages. */
  onTaken: (bytes: number) => void;
  /** Comes once, and last. */
  onClosed: (closure: Closure) => void;
}

export class ClientConnection {
  readonly #socket: Socket;
  readonly #asked: Asked;
  readonly #parts: WebSocketParts;
  readonly #events: ConnectionEvents;
  readonly #units = new StreamUnits(grantsWebSocket);
  readonly #outbox: Outbox;
  #receiving = receivingStart('server-to-client');
  /** The frames of an unfinished message. */
  #fragments: Frame[] = [];
  #isOpen = false;
  #isCloseSent = false;
  #closeReceived: { code: number; reason: string } | undefined;
  #hasFailed = false;
  /** True once this end has given TCP up. */
  #isOver = false;
  #timer: number | undefined;

  /** Sends the opening handshake. */
  constructor(socket: Socket, asked: Asked, parts: WebSocketParts, events: ConnectionEvents) {
    this.#socket = socket;
    this.#asked = asked;
    this.#parts = parts;
    this.#events = events;
    this.#outbox = new Outbox(parts.activity);
    socket.onData = (bytes) => this.#take(bytes);
    socket.onEnd = () => this.#ended();
    socket.onClose = () => this.#closed();
    socket.write(requestBytes(asked));
  }

  /** Sends a message after those before it. */
  send({ kind, length, content }: SentData): void {
    const opcode = kind === 'text' ? Opcode.text : Opcode.binary;
    const write = (payload: Uint8Array): void => {
      if (!this.#isCloseSent) this.#write(opcode, payload);
      this.#events.onTaken(length);
    };
    this.#outbox.add(() => {
      if (content instanceof Uint8Array) return void write(content);
      // A Blob that cannot be read is a message that cannot be sent.
      return content.arrayBuffer().then(
        (bytes) => write(new Uint8Array(bytes)),
        () => this.fail(),
      );
    });
  }

  /** Starts the closing handshake, after all messages before it (RFC 6455 §7.1.2). */
  close(given: CloseArguments): void {
    this.#outbox.add(() => {
      if (this.#isCloseSent || this.#isOver) return undefined;
      this.#sendClose(closeBody(given));
      this.#giveUpAfter(patience.forClose);
      return undefined;
    });
  }

  /** Fails the connection, with a Close that says why where a code is given (RFC 6455 §7.1.7). */
  fail(code?: number): void {
    if (this.#isOver) return;
    this.#hasFailed = true;
    if (code !== undefined && !this.#isCloseSent) this.#sendClose(closeBody({ code, reason: undefined }));
    this.#abandon();
  }

  #take(bytes: Uint8Array): void {
    for (const unit of this.#units.push(bytes)) {
      // What comes after the server's Close is discarded (RFC 6455 §1.4).
      if (this.#isOver || this.#closeReceived) return;
      if (unit.kind === 'head') this.#judgeAnswer(unit.bytes);
      else if (unit.kind === 'frame') this.#takeFrame(unit.frame);
    }
  }

  #judgeAnswer(head: Uint8Array): void {
    const agreed = agreedIn(new TextDecoder().decode(head), this.#asked);
    if (!agreed) {
      this.fail();
      return;
    }
    this.#isOpen = true;
    this.#events.onOpen(agreed.protocol);
  }

  #takeFrame(frame: Frame): void {
    const [broken] = violations(frame, this.#receiving);
    if (broken) {
      this.fail(broken.closeCode);
      return;
    }
    this.#receiving = stateAfter(frame, this.#receiving);
    if (frame.opcode === Opcode.close) this.#takeClose(frame.payload);
    else if (frame.opcode === Opcode.ping) this.#write(Opcode.pong, frame.payload);
    else if (frame.opcode !== Opcode.pong) this.#takeFragment(frame);
  }

  #takeFragment(frame: Frame): void {
    this.#fragments.push(frame);
    if (!frame.fin) return;
    const payload = concatBytes(this.#fragments.map((fragment) => fragment.payload));
    const isText = this.#fragments[0]?.opcode === Opcode.text;
    this.#fragments = [];
    this.#events.onMessage(isText ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload) : payload);
  }

  /** Answers a Close with the same code and reason, as Chromium does (RFC 6455 §5.5.1), and waits for the server to end TCP. */
  #takeClose(body: Uint8Array): void {
    this.#closeReceived = readCloseBody(body);
    if (!this.#isCloseSent) this.#sendClose(body);
    this.#giveUpAfter(patience.forEndOfTcp);
    this.#events.onClosing();
  }

  #sendClose(body: Uint8Array): void {
    this.#write(Opcode.close, body);
    this.#isCloseSent = true;
  }

  #write(opcode: number, payload: Uint8Array): void {
    this.#socket.write(encodeFrame({ opcode, payload, maskingKey: this.#parts.random(4) }));
  }

  #giveUpAfter(ms: number): void {
    this.#parts.clock.clear(this.#timer);
    this.#timer = this.#parts.clock.set(() => this.#abandon(), ms, false);
  }

  /** The server writes no more: in order after its Close, else the connection is lost. */
  #ended(): void {
    if (this.#closeReceived) this.#socket.end();
    else if (this.#isOpen) this.#abandon();
    else this.fail();
  }

  /** Ends TCP from this side; that it has closed is told in a later task. */
  #abandon(): void {
    this.#isOver = true;
    this.#socket.destroy();
  }

  #closed(): void {
    this.#parts.clock.clear(this.#timer);
    const { code, reason } = this.#closeReceived ?? { code: 1006, reason: '' };
    // To lose TCP during the handshake is a failure. Once open it is one too (RFC 6455 §7.2.1), but Chromium and Firefox dispatch
    // no error then, and a program here is to see what it sees there.
    const isLost = !this.#isOpen && !this.#isOver;
    this.#isOver = true;
    const wasClean = this.#closeReceived !== undefined && this.#isCloseSent;
    this.#events.onClosed({ code, reason, wasClean, hasFailed: this.#hasFailed || isLost });
  }
}
