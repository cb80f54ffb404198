import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The bytes of one connection, as an observer between client and server saw them. */
export interface Recorded {
  sent: Buffer;
  received: Buffer;
}

/** Starts a TCP proxy that records every byte. It shares no code with the tap. */
export async function startRecordingProxy(
  port: number,
  host = '127.0.0.1',
): Promise<{ origin: string; connections: Recorded[] } & AsyncDisposable> {
  const connections: Recorded[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const recorded: Recorded = { sent: Buffer.alloc(0), received: Buffer.alloc(0) };
    connections.push(recorded);
    const upstream = connect(port, host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay();
      socket.on('error', () => undefined);
    }
    client.on('data', (chunk: Buffer) => (recorded.sent = Buffer.concat([recorded.sent, chunk])));
    upstream.on('data', (chunk: Buffer) => (recorded.received = Buffer.concat([recorded.received, chunk])));
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
