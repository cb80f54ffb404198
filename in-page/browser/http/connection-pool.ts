/**
 * The connections of a client to one host and port: six at most, as browsers have it; each is used again. What is asked beyond
 * that waits for its turn.
 */
import type { Network } from '../../program/network.ts';
import { ClientConnection, type OutgoingRequest, type ResponseListener } from './client-connection.ts';

/** No standard says how many; all browsers have agreed on this for HTTP/1.1. */
const mostConnections = 6;

interface Waiting {
  request: OutgoingRequest;
  listener: ResponseListener;
  /** What it is asked on, once it has its turn. */
  connection: ClientConnection | undefined;
}

export class ConnectionPool {
  readonly #network: Network;
  readonly #port: number;
  readonly #waiting: Waiting[] = [];
  readonly #idle: ClientConnection[] = [];
  #open = 0;

  constructor(network: Network, port: number) {
    this.#network = network;
    this.#port = port;
  }

  /** Asks as soon as a connection is free. The returned function gives the request up: the listener then hears nothing more. */
  ask(request: OutgoingRequest, listener: ResponseListener): () => void {
    const waiting: Waiting = { request, listener, connection: undefined };
    this.#waiting.push(waiting);
    this.#next();
    return () => {
      const place = this.#waiting.indexOf(waiting);
      if (place >= 0) this.#waiting.splice(place, 1);
      else waiting.connection?.abort();
    };
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      // The one that was used last is the likeliest to be open still.
      const connection = this.#idle.pop() ?? (this.#open < mostConnections ? this.#connect() : undefined);
      if (!connection) return;
      this.#begin(this.#waiting.shift() as Waiting, connection);
    }
  }

  #begin(waiting: Waiting, connection: ClientConnection): void {
    waiting.connection = connection;
    const { request, listener } = waiting;
    this.#asked.set(connection, waiting);
    connection.ask(request, {
      ...listener,
      onEnd: () => {
        waiting.connection = undefined;
        listener.onEnd();
      },
    });
  }

  /** What each connection was asked last. */
  readonly #asked = new WeakMap<ClientConnection, Waiting>();

  #connect(): ClientConnection {
    this.#open++;
    const connection: ClientConnection = new ClientConnection(this.#network.connectForHttp(this.#port), {
      onFree: () => {
        this.#idle.push(connection);
        this.#next();
      },
      onGone: () => {
        this.#open--;
        const place = this.#idle.indexOf(connection);
        if (place >= 0) this.#idle.splice(place, 1);
        this.#next();
      },
      onUnheard: () => {
        const unheard = this.#asked.get(connection);
        if (unheard) this.#waiting.unshift(unheard);
        this.#next();
      },
    });
    return connection;
  }
}
