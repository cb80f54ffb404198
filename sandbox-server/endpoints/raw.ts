import { FrameParser, Opcode } from '../../protocol/wire/frame.ts';
import type { SecondConnection, Connection, Endpoint } from './endpoint.ts';
import type { Holder } from './shares.ts';

/** The client's end of a connection that can send any bytes. */
export interface RawConnection {
  /** Writes bytes after the opening handshake, just as they are. */
  write(bytes: Uint8Array): void;
  /** Ends the client's direction, as TCP's FIN does; the server's direction goes on. */
  end(): void;
  /** Ends both directions at once. */
  destroy(): void;
  /** Bytes that the server has not taken yet. */
  readonly waiting: number;
}

/** Hears what happens on a raw line. */
export interface RawConnectionListener {
  /** The server answered the handshake with 101. */
  opened(): void;
  /** The server sent bytes after its answer to the handshake. */
  received(bytes: Uint8Array): void;
  /** The server ended its direction, or refused the handshake with this status. Called once. */
  ended(refusedWith?: number): void;
}

/** Opens a line for that holder to an address of this sandbox, which reads its bytes like any client's. */
export type OpenRawConnection = (target: string, holder: Holder, listener: RawConnectionListener) => RawConnection;

/**
 * `ws /raw`: a browser's WebSocket only sends whole, well-formed frames. This address writes the bytes of each binary message
 * onto a second connection, to `/echo`, and sends the bytes that come back as binary messages. `maxWaiting` bounds what may wait
 * for the second connection, in bytes.
 */
export function createRaw(open: OpenRawConnection, maxWaiting: number): Endpoint {
  const serve = (connection: Connection, address: string, { prefix, tell }: SecondConnection): void => {
    const closing = new ClosingSeen();
    tell({ name: 'connection_started', url: address });
    const line = open(prefix + address, connection.holder, {
      opened: connection.guarded(() => tell({ name: 'connection_opened' })),
      received: connection.guarded((bytes: Uint8Array) => {
        closing.read(bytes);
        connection.send(bytes);
      }),
      ended: connection.guarded((status?: number) => {
        tell({ name: 'connection_closed', ...closing.seen, wasClean: closing.seen.code !== 1006 });
        if (status === undefined) connection.close(1000, closing.words);
        else connection.close(1013, `The second connection was refused, with status ${status}.`);
      }),
    });
    connection.onClose(() => line.destroy());
    connection.onMessage((data) => {
      if (data === 'end') line.end();
      else if (typeof data === 'string') connection.close(1003, 'This address takes binary messages, and the text "end".');
      else if (line.waiting > maxWaiting) connection.close(1013, `More than ${maxWaiting} bytes wait for the second connection.`);
      else line.write(data);
    });
  };
  return {
    path: '/raw',
    usage: '/raw',
    summary:
      'writes the bytes of each binary message, as they are, onto a second connection, to /echo with the same query, and sends ' +
      'the bytes that come back; the text "end" ends the client\'s direction; closes when the server ends it, and says how',
    isForAnyPage: true,
    leadsOn: true,
    accept: (_, query, beside) => {
      const parameters = query.toString();
      const address = parameters ? `/echo?${parameters}` : '/echo';
      return (connection) => serve(connection, address, beside?.(address) ?? alone);
    },
  };
}

const alone: SecondConnection = { prefix: '', tell: () => undefined };

/** Finds the Close frame in what the server sends. */
class ClosingSeen {
  readonly #parser = new FrameParser({ keepBytes: 125 });
  #isThere = false;
  /** What a client's program would be told (RFC 6455 §7.1.5). */
  seen = { code: 1006, reason: '' };

  get words(): string {
    const { code } = this.seen;
    if (!this.#isThere) return 'The server ended the second connection without a Close frame.';
    return `The server closed the second connection with ${code === 1005 ? 'no code' : code}.`;
  }

  read(bytes: Uint8Array): void {
    for (const { opcode, payload } of this.#parser.push(bytes)) {
      if (opcode !== Opcode.close || this.#isThere) continue;
      const [high, low] = payload;
      this.#isThere = true;
      if (high === undefined || low === undefined) this.seen = { code: 1005, reason: '' };
      else this.seen = { code: high * 256 + low, reason: new TextDecoder().decode(payload.subarray(2)) };
    }
  }
}
