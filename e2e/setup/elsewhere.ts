/** A server that nothing of the site may reach: it answers whatever comes, lets every page read that, and notes it. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** Such a server, on a port of its own. */
export interface Elsewhere extends AsyncDisposable {
  port: number;
  /** The targets of requests and upgrades that came. */
  heard: string[];
}

/** Starts one. Ends with `await using`. */
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
