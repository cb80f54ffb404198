/**
 * The network as the libraries of a program see it: TCP sockets, to connect or to be connected to. What they do becomes deeds for
 * the switch; nothing here reaches a real network.
 */
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Deed, Happening, Seen } from '../switch/peer.ts';

/** One end of a connection. A library sets the callbacks; those that are absent are not called. */
export interface Socket {
  /** Writes bytes; they must not change afterwards. Does nothing after `end` or `destroy`. */
  write(bytes: Uint8Array): void;
  /** Writes no more (TCP's FIN); bytes of the other end may still come. */
  end(): void;
  /** Gives the connection up: nothing more comes. */
  destroy(): void;
  /** Puts what a client's program sees at its API into the trace. */
  saw(event: Seen): void;
  onData?: (bytes: Uint8Array) => void;
  /** The other end writes no more. */
  onEnd?: () => void;
  /** The connection is gone, in whatever way; called once, and last. */
  onClose?: () => void;
  /** Nobody listens on the port. `onClose` follows. */
  onRefused?: () => void;
}

/** A port that is listened on. */
export interface Listener {
  close(): void;
}

/** Thrown for a port that is in use; programs know it as `EADDRINUSE`. */
export class PortInUse extends Error {
  override name = 'PortInUse';
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} is in use: something in this run listens on it.`);
    this.port = port;
  }
}

/** An address that a client asks by HTTP. The run names it as it names connections; its requests are numbered from 0. */
export interface AskedAddress {
  readonly number: number;
  /** Puts what the program sees at its API into the trace. */
  saw(event: Seen): void;
}

/** A connection for HTTP, over which any addresses of its port can be asked. */
export interface HttpSocket extends Socket {
  /** Says what is asked next: the nth request to the address. Call it before the request is written. `link` is as for `connect`. */
  asks(address: AskedAddress, request: number, link?: OwnLink): void;
}

/** The conditions of one link that differ from the run's; undefined if none does. */
export type OwnLink = Partial<LinkConditions> | undefined;

/** Sockets, and nothing else. */
export interface SocketNetwork {
  connect(port: number, link?: OwnLink): Socket;
  /** Calls `accept` with each connection to the port. Throws a PortInUse. */
  listen(port: number, accept: (socket: Socket) => void): Listener;
}

export interface Network extends SocketNetwork {
  /** Connects for HTTP; the connection has no name in the trace. */
  connectForHttp(port: number): HttpSocket;
  /** Names an address that is asked for the first time. */
  nameAddress(): AskedAddress;
}

type WithoutTime<Of> = Of extends unknown ? Omit<Of, 'at'> : never;
/** A deed whose time is the present. */
export type PresentDeed = WithoutTime<Deed>;

/** Turns what libraries do with sockets into deeds, and happenings into calls. */
export class ProgramNetwork implements Network {
  readonly #did: (deed: PresentDeed) => void;
  readonly #sockets = new Map<number, ProgramSocket>();
  readonly #accepting = new Map<number, (socket: Socket) => void>();
  #next: number;

  /** `first` is the number of the first socket opened here: the numbers of the programs of a run must differ. */
  constructor(first: number, did: (deed: PresentDeed) => void) {
    this.#next = first;
    this.#did = did;
  }

  connect(port: number, link?: OwnLink): Socket {
    return this.#connect(port, link && { link });
  }

  connectForHttp(port: number): HttpSocket {
    return this.#connect(port, { carries: 'http' });
  }

  nameAddress(): AskedAddress {
    const number = this.#next++;
    this.#did({ type: 'name-address', address: number });
    return { number, saw: (event) => this.#did({ type: 'saw', socket: number, event }) };
  }

  listen(port: number, accept: (socket: Socket) => void): Listener {
    if (this.#accepting.has(port)) throw new PortInUse(port);
    this.#accepting.set(port, accept);
    this.#did({ type: 'listen', port });
    return {
      close: () => {
        if (this.#accepting.get(port) !== accept) return;
        this.#accepting.delete(port);
        this.#did({ type: 'stop-listening', port });
      },
    };
  }

  #connect(port: number, more: { carries?: 'http'; link?: Partial<LinkConditions> } = {}): ProgramSocket {
    const socket = new ProgramSocket(this.#next++, this.#did);
    this.#sockets.set(socket.number, socket);
    this.#did({ type: 'connect', socket: socket.number, port, ...more });
    return socket;
  }

  /** Takes what happened to a socket or a port. Throws what a library's callback throws. */
  happened(happening: Exclude<Happening, { type: 'start' | 'time' }>): void {
    if (happening.type === 'accepted') {
      const socket = new ProgramSocket(happening.socket, this.#did);
      this.#sockets.set(socket.number, socket);
      const accept = this.#accepting.get(happening.port);
      // The program may have stopped listening while the connection was on its way.
      if (accept) accept(socket);
      else socket.destroy();
      return;
    }
    const socket = this.#sockets.get(happening.socket);
    if (!socket) return;
    if (happening.type === 'refused' || happening.type === 'closed') this.#sockets.delete(happening.socket);
    if (happening.type === 'data') socket.onData?.(happening.bytes);
    else if (happening.type === 'ended') socket.onEnd?.();
    else {
      if (happening.type === 'refused') socket.onRefused?.();
      socket.onClose?.();
    }
  }
}

class ProgramSocket implements HttpSocket {
  readonly number: number;
  readonly #did: (deed: PresentDeed) => void;
  onData?: (bytes: Uint8Array) => void;
  onEnd?: () => void;
  onClose?: () => void;
  onRefused?: () => void;

  constructor(number: number, did: (deed: PresentDeed) => void) {
    this.number = number;
    this.#did = did;
  }

  write(bytes: Uint8Array): void {
    this.#did({ type: 'write', socket: this.number, bytes });
  }

  end(): void {
    this.#did({ type: 'end', socket: this.number });
  }

  destroy(): void {
    this.#did({ type: 'destroy', socket: this.number });
  }

  saw(event: Seen): void {
    this.#did({ type: 'saw', socket: this.number, event });
  }

  asks(address: AskedAddress, request: number, link?: OwnLink): void {
    this.#did({ type: 'ask', socket: this.number, address: address.number, request, ...(link && { link }) });
  }
}
