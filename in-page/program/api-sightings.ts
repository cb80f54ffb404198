/** Puts what a client's program sees at its WebSocket into the trace, numbered as the trace has it. */
import type { MessageKind } from '../../protocol/trace/trace.ts';
import type { Socket } from './network.ts';

export class ApiSightings {
  readonly #socket: Pick<Socket, 'saw'>;
  #sent = 0;
  #received = 0;

  constructor(socket: Pick<Socket, 'saw'>) {
    this.#socket = socket;
  }

  started(url: string): void {
    this.#socket.saw({ name: 'connection_started', url });
  }

  opened(): void {
    this.#socket.saw({ name: 'connection_opened' });
  }

  closeCalled({ code, reason }: { code: number | undefined; reason: string | undefined }): void {
    const given = { ...(code !== undefined && { code }), ...(reason !== undefined && { reason }) };
    this.#socket.saw({ name: 'close_called', ...given });
  }

  closed({ code, reason, wasClean }: { code: number; reason: string; wasClean: boolean }): void {
    this.#socket.saw({ name: 'connection_closed', code, reason, wasClean });
  }

  protected messageSent(kind: MessageKind, length: number): void {
    this.#socket.saw({ name: 'message_sent', message: this.#sent++, kind, length });
  }

  protected messageReceived(kind: MessageKind, length: number): void {
    this.#socket.saw({ name: 'message_received', message: this.#received++, kind, length });
  }

  /** `amount`: what the API still held of what the program had sent, bytes. */
  protected bufferRead(amount: number): void {
    this.#socket.saw({ name: 'buffer_read', amount });
  }
}
