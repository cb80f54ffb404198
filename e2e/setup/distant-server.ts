/** The server seen from far away: through a proxy that keeps all bytes back for a while, each way. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Starts it; its `origin` is that of the server at `port`, `ms` away. Ends with `await using`. */
export async function startDistantServer(port: number, ms: number): Promise<{ origin: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const carry = (from: Socket, to: Socket): void => {
    // Timers of one length fire in the order in which they were set.
    from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), ms));
    from.on('end', () => setTimeout(() => to.end(), ms));
    from.on('close', () => setTimeout(() => to.destroy(), ms));
    from.on('error', () => undefined);
    sockets.add(from);
  };
  const proxy = createServer((near) => {
    const far = connect(port, 'localhost');
    carry(near, far);
    carry(far, near);
  });
  proxy.listen(0, 'localhost');
  await once(proxy, 'listening');
  return {
    origin: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
