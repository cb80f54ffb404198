/** Puts what a client's program sees at its WebSocket into the trace: the same events as for a browser's WebSocket. */
import type { RawData } from '../framing/receiver.ts';
import { isBlob } from '../framing/validation.ts';
import type { Socket } from '../../program/network.ts';

function sizeOf(data: RawData): number {
  if (Array.isArray(data)) return data.reduce((sum, part) => sum + part.length, 0);
  return isBlob(data) ? data.size : data.byteLength;
}

type Kind = 'text' | 'binary';

export class Sightings {
  readonly #socket: Socket;
  #sent = 0;
  #received = 0;
  /** Bytes of a message that is sent in fragments. */
  #begun = 0;

  constructor(socket: Socket, url: string) {
    this.#socket = socket;
    socket.saw({ name: 'connection_started', url });
  }

  opened(): void {
    this.#socket.saw({ name: 'connection_opened' });
  }

  sent(kind: Kind, length: number, isLast: boolean): void {
    this.#begun += length;
    if (!isLast) return;
    this.#socket.saw({ name: 'message_sent', message: this.#sent++, kind, length: this.#begun });
    this.#begun = 0;
  }

  received(kind: Kind, data: RawData): void {
    const length = sizeOf(data);
    this.#socket.saw({ name: 'message_received', message: this.#received++, kind, length });
  }

  closeCalled(code: number | undefined, reason: string | Uint8Array | undefined): void {
    const text = typeof reason === 'object' ? new TextDecoder().decode(reason) : reason;
    const given = { ...(code !== undefined && { code }), ...(text !== undefined && { reason: text }) };
    this.#socket.saw({ name: 'close_called', ...given });
  }

  closed(code: number, reason: string, wasClean: boolean): void {
    this.#socket.saw({ name: 'connection_closed', code, reason, wasClean });
  }
}
