/** Contains faults of ours: each costs the client that it hits one answer, and costs nobody else anything. */
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade, sendRefusal } from './http/responses.ts';
import { Refusal } from './refusal.ts';
import type { CountedTimers } from './timers.ts';

/** Hears of a fault that the process survived. */
export type Failed = (error: unknown) => void;

/** A socket or a WebSocket; a server is neither, and goes on. */
interface Endable {
  destroy?(): void;
  terminate?(): void;
}

const { emit } = EventEmitter.prototype;

/**
 * Stands around everything that Node calls us for: a request, an upgrade, a socket event, a timer. An error thrown there would
 * end the process; the boundary reports it and has the client that it hit answered.
 */
export class FaultBoundary {
  readonly #failed: Failed;
  readonly #emit: EventEmitter['emit'];

  constructor(failed: Failed) {
    this.#failed = failed;
    const survive = this.#survive.bind(this);
    this.#emit = function (this: EventEmitter & Endable, event: string | symbol, ...given: unknown[]): boolean {
      const listeners = this.rawListeners(event);
      // An `error` event has rules of its own: it throws if nobody listens.
      if (event === 'error' || listeners.length === 0) {
        try {
          return emit.call(this, event, ...given);
        } catch (error) {
          survive(this, error);
          return false;
        }
      }
      for (const listener of listeners) {
        try {
          Reflect.apply(listener, this, given);
        } catch (error) {
          survive(this, error);
        }
      }
      return true;
    };
  }

  /** Runs `act`. If that throws, the first of `answers` has to deal with the client that it hit; if that throws too, the next. */
  run(act: () => void, ...answers: ((error: unknown) => void)[]): void {
    try {
      act();
    } catch (error) {
      this.tell(error);
      const [answer, ...others] = answers;
      if (answer) this.run(() => answer(error), ...others);
    }
  }

  /** Runs what serves a request. A fault is answered; if the answer meets one too, the connection ends. */
  serving(request: IncomingMessage, response: ServerResponse, act: () => void): void {
    this.run(
      act,
      (error) => answerFault(request, response, error),
      () => request.socket.destroy(),
    );
  }

  /** Runs what takes an upgrade. A fault is answered; if the answer meets one too, the connection ends. */
  upgrading(socket: Duplex, act: () => void): void {
    this.run(
      act,
      (error) => answerUpgradeFault(socket, error),
      () => socket.destroy(),
    );
  }

  /** Reports a fault and ends the socket that met it. */
  #survive(emitter: Endable, error: unknown): void {
    this.tell(error);
    this.run(() => (emitter.terminate ? emitter.terminate() : emitter.destroy?.()));
  }

  tell(error: unknown): void {
    try {
      this.#failed(error);
    } catch {
      // There is nobody left to tell.
    }
  }

  /**
   * Stands around each listener of a server or a socket, including those of Node and of libraries. If one throws, or an error has
   * no listener, the socket ends, but the other listeners still hear of the event. One function serves them all: there may be
   * thousands.
   */
  enclose(emitter: EventEmitter): void {
    emitter.emit = this.#emit;
  }

  /** Returns the same timers, but reports what a callback throws, and the others still fire. */
  around(timers: CountedTimers): CountedTimers {
    return {
      now: () => timers.now(),
      get waiting() {
        return timers.waiting;
      },
      after: (ms, callback) => timers.after(ms, () => this.run(callback)),
    };
  }
}

/**
 * Ends a socket on an error: the end says enough about it. One function serves all sockets and keeps nothing alive; a closure
 * would keep the request that it was made in.
 */
export function endOnError(this: Duplex): void {
  this.destroy();
}

/** Answers a request that met a fault, as far as that is still possible. */
export function answerFault(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  // We cannot take back an answer that has begun: cutting it off says that it is not whole.
  if (response.headersSent) response.destroy();
  else sendRefusal(request, response, refusalOf(error));
}

/** Answers an upgrade that met a fault before it was taken. */
function answerUpgradeFault(socket: Duplex, error: unknown): void {
  if (socket.writable) refuseUpgrade(socket, refusalOf(error));
  else socket.destroy();
}

const noneLeft = new Set(['EMFILE', 'ENFILE']);

/** Returns true if the system had no descriptor for another file or socket: that is nobody's fault, and passes. */
export const isOutOfDescriptors = (error: unknown): boolean =>
  noneLeft.has((error as Partial<NodeJS.ErrnoException> | undefined)?.code ?? '');

/** Returns the error for when we do not even ask the system for one more. */
export const outOfDescriptors = (): Error => Object.assign(new Error('too many open files'), { code: 'EMFILE' });

/** Returns what to tell the client that met the fault: nothing about the fault itself, which may be nobody's business. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isOutOfDescriptors(error)) return noDescriptorLeft();
  return new Refusal(500, 'The server met an error with this request.');
}

/** Returns the refusal when another file or socket is one too many. */
export const noDescriptorLeft = (): Refusal =>
  new Refusal(503, 'The server has as many connections and files open as its system allows. Try again in a moment.', {
    'Retry-After': '1',
    Connection: 'close',
  });
