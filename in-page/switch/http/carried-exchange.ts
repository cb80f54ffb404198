/** One HTTP exchange on a connection of the switch: its own link, as in the sandbox, and what has come of it. */
import type { HttpHead } from '../../../protocol/wire/handshake.ts';
import { whyLost } from '../../../protocol/wire/drop-reasons.ts';
import { Link, type LinkEnd, type LinkEvent } from '../../../protocol/wire/link.ts';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import type { ExchangeRecorder } from './exchange-recorder.ts';
import { HttpMessage, responseFraming, statusOf } from './http-message.ts';
import { linkAnswer, simplexRefusal } from './link-answer.ts';

/** What the link of an exchange carries. */
export type ExchangeUnit =
  | { kind: 'request'; bytes: Uint8Array }
  | { kind: 'part'; part: number; bytes: Uint8Array; isFinal: boolean }
  /** Bytes that belong to no exchange. */
  | { kind: 'stray'; bytes: Uint8Array }
  /** The end of the stream; `isGone` where its end wants nothing more of the connection. */
  | { kind: 'end'; isGone: boolean };

export class CarriedExchange {
  readonly link: Link<ExchangeUnit>;
  readonly recorder: ExchangeRecorder;
  readonly #method: string;
  readonly #response: HttpMessage;
  #parts = 0;
  #isOver = false;

  constructor(head: HttpHead, recorder: ExchangeRecorder, conditions: LinkConditions, now: number, socket: number) {
    const [method = '', target = ''] = head.startLine.split(' ');
    this.#method = method;
    this.recorder = recorder;
    this.link = new Link(conditions, now);
    this.#response = new HttpMessage((response) => responseFraming(response, method));
    recorder.started(method, target, socket);
  }

  /** True once it is answered whole at the client, or given up. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** True once the server has written all of its answer. */
  get isAnswered(): boolean {
    return this.#response.isWhole;
  }

  sendRequest(bytes: Uint8Array, now: number): void {
    this.recorder.requestSent(bytes);
    this.link.send('client-to-server', bytes.length, { kind: 'request', bytes }, now);
  }

  /** Takes what the server writes. Returns what follows the answer. */
  respond(bytes: Uint8Array, now: number): Uint8Array {
    for (let rest = bytes; ;) {
      const piece = this.#response.take(rest);
      const length = piece.content.reduce((sum, { length }) => sum + length, 0);
      if (piece.bytes.length > 0) this.#send(piece.bytes, length, piece.head && statusOf(piece.head), piece.isWhole, now);
      rest = piece.rest;
      // After a head of 1xx another one follows.
      if (rest.length === 0 || piece.isWhole) return rest;
    }
  }

  /** The server writes no more: this ends an answer of unknown length. */
  endResponse(now: number): void {
    if (this.#response.endsWithStream) this.#send(new Uint8Array(0), 0, undefined, true, now);
  }

  /** Records what the link says of a request or a part; returns the bytes that it hands to an end. */
  carried({ name, unit, ...departure }: LinkEvent<ExchangeUnit>): Uint8Array | undefined {
    const { recorder } = this;
    if (unit.kind === 'request') {
      if (name === 'departed') recorder.requestDeparted(departure);
      else if (name === 'dropped') return this.#requestDropped();
      else recorder.requestReceived();
    } else if (unit.kind === 'part') {
      if (name === 'departed') recorder.responseDeparted(unit.part, departure);
      else if (name === 'dropped') recorder.responseDropped(unit.part, this.#whyDropped());
      else {
        recorder.responseReceived(unit.part, unit.bytes, unit.isFinal);
        if (unit.isFinal) this.end();
      }
    }
    return name === 'arrived' && unit.kind !== 'end' ? unit.bytes : undefined;
  }

  linkEnded(end: LinkEnd): void {
    if (!this.#isOver) this.recorder.linkEnded(end);
  }

  /** The exchange is over. `reason` says why it was not answered whole; undefined where it was. */
  end(reason?: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.recorder.ended(reason);
    // What is still on its way arrives, but an exchange that is over is not cut any more.
    this.link.conditions = { ...this.link.conditions, cut: 0, silent: 0 };
  }

  #send(bytes: Uint8Array, length: number, status: number | undefined, isFinal: boolean, now: number): void {
    const part = this.#parts++;
    this.recorder.responseSent(part, length, status, isFinal);
    this.link.send('server-to-client', bytes.length, { kind: 'part', part, bytes, isFinal }, now);
  }

  #whyDropped(): string {
    return this.link.end ? whyLost[this.link.end] : simplexRefusal;
  }

  /** A link that has not ended drops a request only where it is simplex, and then answers itself. Returns its answer. */
  #requestDropped(): Uint8Array | undefined {
    this.recorder.requestDropped(this.#whyDropped());
    if (this.link.end) return undefined;
    const { status, bytes } = linkAnswer(this.#method);
    this.recorder.responseReceived(0, bytes, true, status);
    this.end();
    return bytes;
  }
}
