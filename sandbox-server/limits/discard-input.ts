import type { Readable } from 'node:stream';

/** What is read of a client after its connection was failed, in bytes: a long message that was under way, so that it comes to its Close. */
const most = 4 * 2 ** 20;

/**
 * Throws away what a client still sends after its connection was failed (RFC 6455 §7.1.7), and from some bytes on reads no more:
 * who goes on flooding waits until the connection is cut, and costs the others nothing.
 */
export function discardInput(socket: Readable): void {
  let bytes = 0;
  socket.on('data', ({ length }: Buffer) => {
    bytes += length;
    if (bytes > most) socket.pause();
  });
}
