/** A WebSocket server for `/door` or `/crowd` on the loopback network, as the live server has one on its machine's. */
import type { IncomingMessage } from '../../node/http/incoming-message.ts';
import { Server } from '../../node/http/server.ts';
import type { NetSocket } from '../../node/net/net-socket.ts';
import type { NodeParts } from '../../node/node-parts.ts';
import { answerTo } from '../opening-handshake.ts';
import { Refusal, refuseUpgrade } from '../refusal.ts';

export interface LoopbackServerOptions {
  /** A free port by default. */
  port?: number;
  /** Decides on a handshake, now or later: 101 lets the client in. By default all come in. */
  verify?: (request: IncomingMessage, answer: (status: number) => void) => void;
  listening?: (port: number) => void;
}

/** Answers opening handshakes, and then only keeps the connections. */
export class LoopbackServer {
  readonly #http: Server;
  /** Every socket from its connection on, to end those too whose handshake waits for an answer. */
  readonly #sockets = new Set<NetSocket>();

  /** `parts.network` is a loopback network. */
  constructor(parts: NodeParts, { port = 0, verify = (_, answer) => answer(101), listening }: LoopbackServerOptions) {
    this.#http = new Server(parts);
    this.#http.on('connection', (socket: NetSocket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#http.on('upgrade', (request: IncomingMessage, socket: NetSocket) => {
      socket.on('error', () => undefined).on('end', () => socket.end());
      socket.resume();
      verify(request, (status) => {
        if (socket.destroyed) return;
        if (status === 101) socket.write(answerTo(request));
        else refuseUpgrade(socket, new Refusal(status, 'This client may not come in.'));
      });
    });
    this.#http.once('listening', () => listening?.(this.#http.address()?.port ?? 0));
    this.#http.listen(port, '127.0.0.1');
  }

  /** Ends all connections, whatever they wait for. */
  endConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Ends all connections and stops listening. */
  close(): void {
    if (this.#http.listening) this.#http.close();
    this.endConnections();
  }
}
