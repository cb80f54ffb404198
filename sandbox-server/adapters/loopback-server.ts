/** A WebSocket server of `/door` or `/crowd`: real sockets, for this machine alone. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Descriptors } from '../descriptors.ts';
import { endOnError, type FaultBoundary, isOutOfDescriptors, noDescriptorLeft } from '../fault-boundary.ts';

/** What `/door` and `/crowd` need of the process. */
export interface LoopbackMeans {
  descriptors: Descriptors;
  faults: FaultBoundary;
}

/** What a loopback server is made of. */
export interface LoopbackServerParts {
  /** A free one where it is absent. */
  port?: number;
  /** Decides on a handshake, now or later. */
  verify?: (request: IncomingMessage, answer: (allow: boolean, status: number) => void) => void;
  listening?: (port: number) => void;
  /** It cannot listen, or cannot take a connection: a sentence for whoever wanted it. */
  failed: (sentence: string) => void;
  faults: FaultBoundary;
}

/**
 * Knows every socket from its connection on: one whose handshake waits for an answer is read by nobody, so that nobody would notice that its
 * client is gone.
 */
export class LoopbackServer {
  readonly #http = createServer((_, response) => void response.writeHead(426).end());
  readonly #sockets = new Set<Socket>();

  constructor({ port = 0, verify, listening, failed, faults }: LoopbackServerParts) {
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket);
      faults.enclose(socket);
      socket.on('error', endOnError);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    const verifyClient =
      verify &&
      (({ req }: { req: IncomingMessage }, answer: (allow: boolean, status?: number) => void): void => verify(req, answer));
    const server = new WebSocketServer({
      server: this.#http,
      perMessageDeflate: false,
      clientTracking: false,
      ...(verifyClient && { verifyClient }),
    });
    for (const each of [this.#http, server]) faults.enclose(each);
    server.on('connection', (webSocket) => {
      faults.enclose(webSocket);
      webSocket.on('error', () => webSocket.terminate());
    });
    // Those of the HTTP server are passed on to it.
    server.on('error', (error) => {
      faults.tell(error);
      faults.run(() => failed(sentenceOf(error)));
    });
    server.once('listening', () => faults.run(() => listening?.((this.#http.address() as AddressInfo).port)));
    this.#http.listen(port, '127.0.0.1');
  }

  /** Ends all connections, whatever they wait for. */
  endConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Ends all connections, and listens no more. */
  close(): void {
    this.#http.close();
    this.endConnections();
  }
}

/** What whoever wanted the server is told of an error. */
export const sentenceOf = (error: unknown): string =>
  isOutOfDescriptors(error) ? noDescriptorLeft().message : 'The server met an error here. Try again in a minute.';
