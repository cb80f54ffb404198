/** The whole server: the built site and the sandbox on one origin. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { refuseUpgrade, sendRefusal } from './answers.ts';
import { orNone, type Options, resolveOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import { createSandbox, type Sandbox, type Surroundings } from './sandbox.ts';
import { createSiteFiles } from './site-files.ts';

/** A server that can be started once. */
export interface SandboxServer {
  /** Resolves when it listens. Rejects where it cannot, with Node's error (`EADDRINUSE`, `EACCES` …). */
  listen(): Promise<{ port: number; origin: string }>;
  /** Takes nothing new, closes WebSockets with 1012, and resolves when all is closed: within the `drain` option's time. */
  close(): Promise<void>;
  stats: Sandbox['stats'];
  /** False where the folder of the built site is not there, so that only the sandbox is served. */
  readonly hasSite: boolean;
}

/** Throws an OptionError for an option that cannot be taken. */
export function createSandboxServer(given: Partial<Options> = {}, surroundings: Surroundings = {}): SandboxServer {
  const options = resolveOptions(given);
  const sandbox = createSandbox(options, surroundings);
  const site = createSiteFiles(options.site);

  const absent = (request: IncomingMessage, response: ServerResponse): void => {
    const isBrowser = request.headers.accept?.includes('text/html') === true;
    const answer = async (refusal: Refusal): Promise<void> => {
      const isPage = isBrowser && refusal.status === 404 && (await site?.notFound(request, response));
      if (!isPage) sendRefusal(request, response, refusal);
    };
    sandbox.refuse(request, (refusal) => void answer(refusal));
  };
  const serveSite = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const isServed = sandbox.isForThisHost(request) && (await site?.serve(request, response));
      if (!isServed) absent(request, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendRefusal(request, response, error);
    }
  };

  const handshakeTimeout = options.handshakeTimeout * 1000;
  const server = createServer(
    {
      headersTimeout: handshakeTimeout,
      requestTimeout: handshakeTimeout,
      connectionsCheckingInterval: 1000,
      // From Node 24.9 on: a wish for HTTP/2, say, may be passed over (RFC 9110 §7.8). Before, such a request is refused.
      shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    (request, response) => {
      sandbox.inTurn(request, () => {
        if (!sandbox.request(request, response)) void serveSite(request, response);
      });
    },
  );
  server.on('connection', sandbox.connection);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    if (sandbox.upgrade(request, socket, head)) return;
    socket.once('error', () => socket.destroy());
    sandbox.refuse(request, (refusal) => refuseUpgrade(socket, refusal));
  });

  const closed = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
    });

  return {
    hasSite: site !== undefined,
    stats: sandbox.stats,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          const { port } = server.address() as AddressInfo;
          resolve({ port, origin: `http://${hostInAddress(options.host)}:${port}` });
        });
      }),
    async close() {
      const gone = closed();
      const patience = setTimeout(() => server.closeAllConnections(), Math.min(orNone(options.drain) * 1000, 60_000));
      await sandbox.close();
      server.closeIdleConnections();
      // Node counts as idle who has asked something; browsers and fetch connect ahead of what they may never ask.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      await gone;
      clearTimeout(patience);
    },
  };
}

/** How a browser on this machine writes the host. */
function hostInAddress(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
