/** A server that the site must never reach: it answers every request, lets every page read the answer, and notes the request. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** Such a server, on its own port. */
export interface Elsewhere extends AsyncDisposable {
  port: number;
  /** The targets of all requests and upgrades so far. */
  heard: string[];
}

/** Starts such a server. Stops with `await using`. */
export async function startElsewhere(): Promise<Elsewhere> {
  const heard: string[] = [];
  const server: Server = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end('export {};');
  });
  server.on('upgrade', ({ url }, socket) => {
    heard.push(url ?? '');
    socket.destroy();
  });
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    heard,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
