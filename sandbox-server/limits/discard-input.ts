import type { Readable } from 'node:stream';

/** The most bytes we read from a failed connection: enough for a long message under way, so that the client gets to its Close. */
const most = 4 * 2 ** 20;

/**
 * Throws away what a client still sends after we failed its connection (RFC 6455 §7.1.7), and stops reading after `most` bytes:
 * a client that goes on flooding waits until the connection is cut, and costs the others nothing.
 */
export function discardInput(socket: Readable): void {
  let bytes = 0;
  socket.on('data', ({ length }: Buffer) => {
    bytes += length;
    if (bytes > most) socket.pause();
  });
}
