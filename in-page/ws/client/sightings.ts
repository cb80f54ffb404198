/** Puts what a client's program sees at its WebSocket into the trace: the same events as for a browser's WebSocket. */
import type { MessageKind } from '../../../protocol/trace/trace.ts';
import { ApiSightings } from '../../program/api-sightings.ts';
import type { RawData } from '../framing/receiver.ts';
import { isBlob } from '../framing/validation.ts';

function sizeOf(data: RawData): number {
  if (Array.isArray(data)) return data.reduce((sum, part) => sum + part.length, 0);
  return isBlob(data) ? data.size : data.byteLength;
}

export class Sightings extends ApiSightings {
  /** Bytes of a message that is sent in fragments. */
  #begun = 0;

  sent(kind: MessageKind, length: number, isLast: boolean): void {
    this.#begun += length;
    if (!isLast) return;
    this.messageSent(kind, this.#begun);
    this.#begun = 0;
  }

  received(kind: MessageKind, data: RawData): void {
    this.messageReceived(kind, sizeOf(data));
  }
}
