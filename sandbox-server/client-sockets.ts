/** Looks after an HTTP server's sockets: each has a listener for its errors, and none lacks a descriptor. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from './http/responses.ts';
import type { Descriptors } from './descriptors.ts';
import { endOnError, type FaultBoundary, noDescriptorLeft, outOfDescriptors } from './fault-boundary.ts';
import type { Refusal } from './refusal.ts';
import { refusalOfUnreadable } from './http/request-head.ts';

/** How many connections too many to take at a time, for as long as it takes to tell them so. */
const mostTold = 16;
/** The shortest time between closing idle connections to make room for others, in ms. */
const makeRoomEvery = 1000;

/** Keeps track of the sockets of one server. */
export class ClientSockets {
  readonly #server: Server;
  readonly #descriptors: Descriptors;
  readonly #faults: FaultBoundary;
  readonly #all = new Set<Socket>();
  /** Sockets too many: they are told so, and nothing else. */
  readonly #tooMany = new Set<Duplex>();
  /** The unfinished answers, by connection. */
  readonly #answers = new WeakMap<Duplex, Set<ServerResponse>>();
  #madeRoomAt = -Infinity;

  /** Called at the end of each socket; all of them share this one function. */
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
    // Survive a failure to take a connection, say: the next may succeed. Before it listens, whoever starts it hears of errors.
    server.once('listening', () => server.on('error', (error) => faults.tell(error)));
  }

  /** Notes a request. Returns the refusal for one on a connection too many, which ends with it. */
  requested(request: IncomingMessage, response: ServerResponse): Refusal | undefined {
    const { socket } = request;
    for (const each of [request, response]) this.#faults.enclose(each);
    // Ignore the error: the code that answers knows what it is about, and a client that has gone is no fault.
    response.on('error', () => undefined);
    const answers = this.#answers.get(socket) ?? new Set();
    this.#answers.set(socket, answers.add(response));
    response.once('close', () => answers.delete(response));
    return this.tooMany(socket);
  }

  /** Returns the refusal of an upgrade on a connection too many. */
  tooMany(socket: Duplex): Refusal | undefined {
    return this.#tooMany.has(socket) ? noDescriptorLeft() : undefined;
  }

  /** Ends the connections that never carried a request: browsers and fetch connect ahead for requests they may never make. */
  endUnused(): void {
    for (const socket of this.#all) if (socket.bytesRead === 0) socket.destroy();
  }

  #came(socket: Socket): void {
    this.#faults.enclose(socket);
    socket.on('error', endOnError);
    // Each waiting request listens for the end of its connection, and many may come on one.
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

  /** Closes idle connections to make room for a new one. */
  #makeRoom(): boolean {
    this.#faults.tell(outOfDescriptors());
    const now = performance.now();
    if (now - this.#madeRoomAt < makeRoomEvery) return false;
    this.#madeRoomAt = now;
    this.#server.closeIdleConnections();
    // Count their descriptors as free now: Node reports the closing later.
    for (const socket of this.#all) if (socket.destroyed) this.#left(socket);
    return this.#descriptors.openConnection();
  }

  /** Answers a request that Node's parser gave up on. Without a listener, Node answers by itself, with just a status. */
  #unreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
    const hasBegun = [...(this.#answers.get(socket) ?? [])].some(({ headersSent }) => headersSent);
    // A second answer in the middle of the first would be taken for part of it.
    if (!socket.writable || hasBegun) socket.destroy();
    else refuseUpgrade(socket, refusalOfUnreadable(error));
  }
}
