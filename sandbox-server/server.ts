/** The whole server: the built site and the sandbox on one origin. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refuseUpgrade, sendRefusal } from './http/responses.ts';
import { ClientSockets } from './client-sockets.ts';
import { Descriptors } from './descriptors.ts';
import { answerFault, type FaultBoundary } from './fault-boundary.ts';
import { orNone, type Options, resolveOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import { unknownExpectation } from './http/request-head.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import type { Surroundings } from './serving/services.ts';
import { createSiteFiles } from './site/site-files.ts';

/** A server that can be started once. */
export interface SandboxServer {
  /** Resolves when it listens. Rejects if it cannot, with Node's error (`EADDRINUSE`, `EACCES` …). */
  listen(): Promise<{ port: number; origin: string }>;
  /** Takes nothing new, closes WebSockets with 1012, and resolves when all is closed: within the `drain` option's time. */
  close(): Promise<void>;
  stats: Sandbox['stats'];
  /** False if the folder of the built site is missing: then the server has only the sandbox. */
  readonly hasSite: boolean;
  readonly descriptors: Descriptors;
  /** Reports a fault in the same way as those that the server has met itself. */
  readonly faults: FaultBoundary;
}

/** Creates a server with these options. Throws an OptionError for an invalid one. */
export function createSandboxServer(given: Partial<Options> = {}, surroundings: Surroundings = {}): SandboxServer {
  const { descriptors = new Descriptors() } = surroundings;
  const options = withinDescriptors(resolveOptions(given), descriptors.mostConnections);
  const sandbox = createSandbox(options, { ...surroundings, descriptors });
  const { faults } = sandbox;
  const site = createSiteFiles(options.site, descriptors);

  const refuseAbsent = async (request: IncomingMessage, response: ServerResponse, refusal: Refusal): Promise<void> => {
    const isBrowser = request.headers.accept?.includes('text/html') === true;
    const isPage = isBrowser && refusal.status === 404 && (await site?.notFound(request, response));
    if (!isPage) sendRefusal(request, response, refusal);
  };
  const serveSite = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isServed = sandbox.isForThisHost(request) && (await site?.serve(request, response));
    if (isServed) return;
    sandbox.refuse(request, (refusal) => kept(request, response, refuseAbsent(request, response, refusal)));
  };
  /** Answers the error with which the asynchronous service of a request rejects. */
  const kept = (request: IncomingMessage, response: ServerResponse, service: Promise<void>): void => {
    service.catch((error: unknown) => {
      if (!(error instanceof Refusal)) faults.tell(error);
      faults.run(
        () => answerFault(request, response, error),
        () => request.socket.destroy(),
      );
    });
  };

  const handshakeTimeout = options.handshakeTimeout * 1000;
  const server = createServer({
    headersTimeout: handshakeTimeout,
    requestTimeout: handshakeTimeout,
    connectionsCheckingInterval: 1000,
    // We refuse a missing Host in our own words (request-head.ts).
    requireHostHeader: false,
    // From Node 24.9 on, this ignores a wish for HTTP/2, say, as it may (RFC 9110 §7.8). Before, such a request is refused.
    shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
  });
  const sockets = new ClientSockets(server, descriptors, faults);
  server.on('connection', sandbox.connection);
  server.on('request', (request, response) => {
    const guarded = (act: () => void): void => faults.serving(request, response, act);
    guarded(() => {
      const tooMany = sockets.requested(request, response);
      if (tooMany) return sendRefusal(request, response, tooMany);
      const serve = (): void => {
        if (!sandbox.request(request, response)) kept(request, response, serveSite(request, response));
      };
      sandbox.inTurn(request, () => guarded(serve));
    });
  });
  server.on('checkExpectation', (request, response) => {
    faults.serving(request, response, () => sendRefusal(request, response, unknownExpectation));
  });
  server.on('upgrade', (request, socket, head) => {
    faults.upgrading(socket, () => {
      const tooMany = sockets.tooMany(socket);
      if (tooMany) return refuseUpgrade(socket, tooMany);
      if (!sandbox.upgrade(request, socket, head)) sandbox.refuse(request, (refusal) => refuseUpgrade(socket, refusal));
    });
  });
  server.on('connect', (_, socket) => {
    const refusal = new Refusal(405, 'This server is not a proxy: it does not take CONNECT.');
    faults.upgrading(socket, () => refuseUpgrade(socket, refusal));
  });

  const closed = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
    });

  return {
    hasSite: site !== undefined,
    descriptors,
    faults,
    stats: sandbox.stats,
    async listen() {
      server.listen(options.port, options.host);
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      return { port, origin: `http://${hostInAddress(options.host)}:${port}` };
    },
    async close() {
      const gone = closed();
      const patience = setTimeout(() => server.closeAllConnections(), Math.min(orNone(options.drain) * 1000, 60_000));
      await sandbox.close();
      server.closeIdleConnections();
      // Node counts only connections that have carried a request as idle.
      sockets.endUnused();
      await gone;
      clearTimeout(patience);
    },
  };
}

/** Leaves some of the connections that the descriptor limit allows to clients that ask for pages. */
function withinDescriptors(options: Options, mostConnections: number): Options {
  const most = Math.min(orNone(options.maxConnections), Math.ceil((mostConnections * 7) / 8));
  return { ...options, maxConnections: most === Infinity ? 0 : most };
}

/** Returns the host as a browser on this machine writes it. */
function hostInAddress(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
