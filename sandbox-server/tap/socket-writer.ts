import type { Duplex } from 'node:stream';
import type { ClosingPatience } from './closing-patience.ts';
import type { Recorder } from '../../protocol/trace/recorder.ts';
import { isCloseFrame, type Unit } from './unit.ts';

const direction = 'server-to-client';

/** Writes to the real socket what the link brings to the client, and notes it. */
export class SocketWriter {
  readonly #socket: Duplex;
  readonly #recorder: Recorder | undefined;
  readonly #patience: ClosingPatience;

  constructor(socket: Duplex, recorder: Recorder | undefined, patience: ClosingPatience) {
    this.#socket = socket;
    this.#recorder = recorder;
    this.#patience = patience;
  }

  /** Writes a frame or the handshake's answer; a frame for a client that is gone counts as dropped. */
  write(unit: Unit): void {
    const isFrame = unit.kind === 'frame';
    if (!this.#socket.writable) {
      if (isFrame) this.#recorder?.frameDropped(direction, unit.number, 'The client was gone when the frame arrived.');
      return;
    }
    // Note it before writing: the client may have it before this process goes on.
    if (isFrame) this.#recorder?.frameReceived(direction, unit.number);
    else this.#recorder?.handshakeReceived(direction);
    this.#socket.write(unit.bytes);
    if (isCloseFrame(unit)) this.#patience.note('we said Close');
  }

  /** Ends our side of the socket; calls `finished` when that is done. */
  end(finished: () => void): void {
    this.#patience.note('we ended');
    if (this.#socket.destroyed || this.#socket.writableFinished) finished();
    else this.#socket.end(finished);
  }
}
