/** A WebSocket server for `/door` or `/crowd`, on real sockets that only this machine can reach. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Descriptors } from '../descriptors.ts';
import { endOnError, type FaultBoundary, isOutOfDescriptors, noDescriptorLeft } from '../fault-boundary.ts';

/** What `/door` and `/crowd` need from the process. */
export interface LoopbackMeans {
  descriptors: Descriptors;
  faults: FaultBoundary;
}

/** The parts of a loopback server. */
export interface LoopbackServerParts {
  /** A free port if absent. */
  port?: number;
  /** Decides on a handshake, now or later. A fault refuses it with 500. */
  verify?: (request: IncomingMessage, answer: (allow: boolean, status: number) => void) => void;
  listening?: (port: number) => void;
  /** It cannot listen, or cannot take a connection. Gets a sentence for whoever wanted the server. */
  failed: (sentence: string) => void;
  faults: FaultBoundary;
}

/**
 * Tracks every socket from its connection on. Nobody reads a socket whose handshake waits for an answer, so otherwise nobody
 * would notice that its client has gone.
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
      (({ req }: { req: IncomingMessage }, answer: (allow: boolean, status?: number) => void): void =>
        faults.run(
          () => verify(req, answer),
          () => answer(false, 500),
          () => req.socket.destroy(),
        ));
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
    // The HTTP server's errors are passed on to this server.
    server.on('error', (error) => {
      faults.tell(error);
      faults.run(() => failed(sentenceOf(error)));
    });
    server.once('listening', () => {
      faults.run(
        () => listening?.((this.#http.address() as AddressInfo).port),
        (error) => failed(sentenceOf(error)),
      );
    });
    this.#http.listen(port, '127.0.0.1');
  }

  /** Ends all connections, whatever they wait for. */
  endConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Ends all connections and stops listening. */
  close(): void {
    this.#http.close();
    this.endConnections();
  }
}

/** Returns what to tell whoever wanted the server about an error. */
export const sentenceOf = (error: unknown): string =>
  isOutOfDescriptors(error) ? noDescriptorLeft().message : 'The server met an error here. Try again in a minute.';
