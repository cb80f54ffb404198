/**
 * A network within one program, as the loopback interface is within one machine: what `/crowd` and `/door` start talks over it. It
 * takes no time, and nobody watches it: like the live server's own connections, these are not in the trace.
 */
import { type Listener, type SocketNetwork, PortInUse, type Socket } from '../../program/network.ts';

class LoopbackSocket implements Socket {
  onData?: (bytes: Uint8Array) => void;
  onEnd?: () => void;
  onClose?: () => void;
  onRefused?: () => void;
  /** The other end; absent where nobody listened. */
  other: LoopbackSocket | undefined;
  #hasEnded = false;
  #wasEnded = false;
  #isClosed = false;

  write(bytes: Uint8Array): void {
    if (!this.#hasEnded) queueMicrotask(() => this.other?.arrived(bytes));
  }

  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    queueMicrotask(() => {
      this.other?.ended();
      this.#closeIfDone();
    });
  }

  destroy(): void {
    this.end();
    this.close();
  }

  /** The trace does not have what happens here. */
  saw(): void {}

  arrived(bytes: Uint8Array): void {
    if (!this.#isClosed) this.onData?.(bytes);
  }

  ended(): void {
    this.#wasEnded = true;
    if (!this.#isClosed) this.onEnd?.();
    this.#closeIfDone();
  }

  refused(): void {
    this.onRefused?.();
    this.close();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    queueMicrotask(() => this.onClose?.());
  }

  #closeIfDone(): void {
    if (this.#hasEnded && this.#wasEnded) this.close();
  }
}

export function createLoopbackNetwork(): SocketNetwork {
  const accepting = new Map<number, (socket: Socket) => void>();
  return {
    connect(port) {
      const client = new LoopbackSocket();
      queueMicrotask(() => {
        const accept = accepting.get(port);
        if (!accept) return client.refused();
        const server = new LoopbackSocket();
        client.other = server;
        server.other = client;
        accept(server);
      });
      return client;
    },
    listen(port, accept): Listener {
      if (accepting.has(port)) throw new PortInUse(port);
      accepting.set(port, accept);
      return {
        close: () => {
          if (accepting.get(port) === accept) accepting.delete(port);
        },
      };
    },
  };
}
