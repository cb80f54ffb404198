import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { text } from '../conformance/case.ts';
import { handshakeRequest } from '../conformance/raw-client.ts';
import { startServer, until, watch } from '../testing/client.ts';

/** Writes as fast as the server reads until it is cut. `closed` resolves to the number of bytes that left. */
function flood(port: number, target: string): { socket: Socket; closed: Promise<number> } {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const bytes = Buffer.concat(Array<Uint8Array>(1000).fill(text('x'.repeat(1000))));
  const more = (): void => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.write(handshakeRequest(target));
  socket
    .once('data', more)
    .on('drain', more)
    .on('error', () => undefined);
  return {
    socket,
    closed: new Promise((resolve) => socket.once('close', () => resolve(socket.bytesWritten - socket.writableLength))),
  };
}

test.each(['without a session', 'within one'])(
  'soon stops reading a flooder that ignores its Close, and cuts it after the close time-out, %s',
  async (where) => {
    await using running = await startServer({ closeTimeout: 0.5 });
    const base = where === 'within one' ? (await watch(running.origin)).base.slice(running.origin.length) : '';
    const others = running.server.stats().connections;
    const { closed } = flood(running.port, `${base}/echo`);
    // 4 MiB are read; the rest is what the kernel's buffers took.
    expect(await closed).toBeLessThan(20 * 2 ** 20);
    await until(() => running.server.stats().connections === others);
  },
);
