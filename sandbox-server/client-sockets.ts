/** The sockets of an HTTP server: none without a listener for its errors, and no more than there are descriptors for. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from './http/responses.ts';
import type { Descriptors } from './descriptors.ts';
import { endOnError, type FaultBoundary, noDescriptorLeft, outOfDescriptors } from './fault-boundary.ts';
import type { Refusal } from './refusal.ts';
import { refusalOfUnreadable } from './http/request-head.ts';

/** How many connections too many are taken at a time, for as long as it takes to tell them so. */
const mostTold = 16;
/** How often at most those that are idle are closed for the sake of others, in ms. */
const makeRoomEvery = 1000;

/** Keeps account of the sockets of one server. */
export class ClientSockets {
  readonly #server: Server;
  readonly #descriptors: Descriptors;
  readonly #faults: FaultBoundary;
  readonly #all = new Set<Socket>();
  /** Those that are too many, so that they are told so and nothing else. */
  readonly #tooMany = new Set<Duplex>();
  /** The answers that are not over yet, by their connection. */
  readonly #answers = new WeakMap<Duplex, Set<ServerResponse>>();
  #madeRoomAt = -Infinity;

  /** For the end of each: one function for all of them. */
  readonly #gone: (this: Socket) => void;

  constructor(server: Server, descriptors: Descriptors, faults: FaultBoundary) {
    this.#server = server;
    this.#descriptors = descriptors;
    this.#faults = faults;
    const left = this.#left.bind(this);
    this.#gone = function () {
      left(this);
    };
    faults.enclose(server);
    server.on('connection', (socket) => this.#came(socket));
    server.on('clientError', (error, socket) => {
      faults.run(
        () => this.#unreadable(error, socket),
        () => socket.destroy(),
      );
    });
    // That a connection could not be taken, say: the next may be. Before it listens, who starts it is told.
    server.once('listening', () => server.on('error', (error) => faults.tell(error)));
  }

  /** Notes a request. The refusal is for one on a connection too many, which ends with it. */
  requested(request: IncomingMessage, response: ServerResponse): Refusal | undefined {
    const { socket } = request;
    for (const each of [request, response]) this.#faults.enclose(each);
    // What it is about is known where it is answered, and that a client is gone is no fault.
    response.on('error', () => undefined);
    const answers = this.#answers.get(socket) ?? new Set();
    this.#answers.set(socket, answers.add(response));
    response.once('close', () => answers.delete(response));
    return this.tooMany(socket);
  }

  /** The refusal of an upgrade on a connection too many. */
  tooMany(socket: Duplex): Refusal | undefined {
    return this.#tooMany.has(socket) ? noDescriptorLeft() : undefined;
  }

  /** Ends the connections on which nothing was ever asked: browsers and fetch connect ahead of what they may never ask. */
  endUnused(): void {
    for (const socket of this.#all) if (socket.bytesRead === 0) socket.destroy();
  }

  #came(socket: Socket): void {
    this.#faults.enclose(socket);
    socket.on('error', endOnError);
    // Each request that waits listens for the end of its connection, and many may come on one.
    socket.setMaxListeners(0);
    this.#all.add(socket);
    socket.on('close', this.#gone);
    if (this.#descriptors.openConnection() || this.#makeRoom()) return;
    this.#tooMany.add(socket);
    if (this.#tooMany.size > mostTold) socket.destroy();
  }

  #left(socket: Socket): void {
    if (!this.#all.delete(socket)) return;
    if (!this.#tooMany.delete(socket)) this.#descriptors.closeConnection();
  }

  /** Closes connections that are idle for the sake of a new one. */
  #makeRoom(): boolean {
    this.#faults.tell(outOfDescriptors());
    const now = performance.now();
    if (now - this.#madeRoomAt < makeRoomEvery) return false;
    this.#madeRoomAt = now;
    this.#server.closeIdleConnections();
    // Their descriptors are free now; that they are closed is told later.
    for (const socket of this.#all) if (socket.destroyed) this.#left(socket);
    return this.#descriptors.openConnection();
  }

  /** Answers what Node's parser gave up. It does so itself where nobody listens, with a status and no more. */
  #unreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
    const hasBegun = [...(this.#answers.get(socket) ?? [])].some(({ headersSent }) => headersSent);
    // A second answer in the midst of the first would be taken for a part of it.
    if (!socket.writable || hasBegun) socket.destroy();
    else refuseUpgrade(socket, refusalOfUnreadable(error));
  }
}
