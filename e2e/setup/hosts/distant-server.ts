/** Makes the server seem far away, through a proxy that delays all bytes each way. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Starts a proxy that puts the server at `port` `ms` away. Stops with `await using`. */
export async function startDistantServer(port: number, ms: number): Promise<{ origin: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const carry = (from: Socket, to: Socket): void => {
    // Timers of one length fire in the order they were set.
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
