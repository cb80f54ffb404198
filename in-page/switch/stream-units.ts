/**
 * Cuts what one end of a connection writes into the units that the link carries: half of the handshake, then frames. They are
 * found in the bytes themselves, whoever wrote them.
 */
import { concatBytes } from '../../protocol/collections/concat-bytes.ts';
import { type Frame, FrameParser } from '../../protocol/wire/frame.ts';
import { headLength } from './http-head.ts';

/** A piece of a connection that the link carries as a whole. */
export type StreamUnit =
  | { kind: 'head'; bytes: Uint8Array; leadsToFrames: boolean }
  | { kind: 'frame'; frame: Frame }
  | { kind: 'bytes'; bytes: Uint8Array };

export class StreamUnits {
  readonly #leadsToFrames: (head: string) => boolean;
  #head: Uint8Array | undefined = new Uint8Array(0);
  #frames: FrameParser | undefined;

  /** `leadsToFrames` says whether frames follow a head, or the rest of an HTTP message. */
  constructor(leadsToFrames: (head: string) => boolean) {
    this.#leadsToFrames = leadsToFrames;
  }

  /** Returns the units that these bytes complete. */
  push(bytes: Uint8Array): StreamUnit[] {
    if (this.#frames) return this.#frames.push(bytes).map((frame) => ({ kind: 'frame', frame }));
    if (!this.#head) return [{ kind: 'bytes', bytes }];
    const written = concatBytes([this.#head, bytes]);
    const length = headLength(written);
    if (length < 0) {
      this.#head = written;
      return [];
    }
    this.#head = undefined;
    const head = written.slice(0, length);
    const leadsToFrames = this.#leadsToFrames(new TextDecoder().decode(head));
    if (leadsToFrames) this.#frames = new FrameParser();
    const rest = written.slice(length);
    return [{ kind: 'head', bytes: head, leadsToFrames }, ...(rest.length > 0 ? this.push(rest) : [])];
  }
}

/** True for a request that asks for a WebSocket (RFC 6455 §4.1). */
export const asksForWebSocket = (head: string): boolean => /^upgrade:[^\n]*\bwebsocket\b/im.test(head);

/** True for an answer that switches to WebSocket (RFC 6455 §4.2.2). */
export const grantsWebSocket = (head: string): boolean => /^HTTP\/1\.1 101 /.test(head);
