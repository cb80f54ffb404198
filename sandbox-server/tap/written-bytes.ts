import type { ServerResponse } from 'node:http';

/**
 * Calls `write`, which writes to the response, and returns the bytes that reached its socket: Node adds fields to the head and
 * sizes to the chunks, and tells nobody. Returns nothing if the response no longer has a socket.
 */
export function writtenBytes({ socket }: ServerResponse, write: () => void): Buffer {
  if (!socket) {
    write();
    return Buffer.alloc(0);
  }
  const chunks: Buffer[] = [];
  const before = Object.getOwnPropertyDescriptor(socket, 'write');
  // The response calls the socket's `write` within its own; replace it only for that long.
  const original = socket.write.bind(socket) as (...given: unknown[]) => boolean;
  socket.write = (chunk: string | Uint8Array, ...more: unknown[]): boolean => {
    const [encoding] = more;
    chunks.push(
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : Buffer.from(chunk),
    );
    return original(chunk, ...more);
  };
  try {
    write();
  } finally {
    if (before) Object.defineProperty(socket, 'write', before);
    else delete (socket as Partial<typeof socket>).write;
  }
  return Buffer.concat(chunks);
}
