/** Faults of ours: each costs whoever it befell one answer, and nobody else anything. */
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade, sendRefusal } from './http/responses.ts';
import { Refusal } from './refusal.ts';
import type { CountedTimers } from './timers.ts';

/** Told of a fault that was survived. */
export type Failed = (error: unknown) => void;

/** A socket or a WebSocket; a server is neither, and goes on. */
interface Endable {
  destroy?(): void;
  terminate?(): void;
}

const { emit } = EventEmitter.prototype;

/**
 * Stands around all that Node calls us for: a request, an upgrade, an event of a socket, a timer. What is thrown there would end the
 * process; here it is told, and whoever it befell is answered.
 */
export class FaultBoundary {
  readonly #failed: Failed;
  readonly #emit: EventEmitter['emit'];

  constructor(failed: Failed) {
    this.#failed = failed;
    const survive = this.#survive.bind(this);
    this.#emit = function (this: EventEmitter & Endable, event: string | symbol, ...given: unknown[]): boolean {
      const listeners = this.rawListeners(event);
      // An error has rules of its own, and fails where nobody listens.
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

  /** Runs `act`. Where that throws, the first of `answers` has to see to whoever it befell; where that throws too, the next. */
  run(act: () => void, ...answers: ((error: unknown) => void)[]): void {
    try {
      act();
    } catch (error) {
      this.tell(error);
      const [answer, ...others] = answers;
      if (answer) this.run(() => answer(error), ...others);
    }
  }

  /** Ends a socket that met a fault. */
  #survive(emitter: Endable, error: unknown): void {
    this.tell(error);
    this.run(() => (emitter.terminate ? emitter.terminate() : emitter.destroy?.()));
  }

  tell(error: unknown): void {
    try {
      this.#failed(error);
    } catch {
      // Nobody is left to be told.
    }
  }

  /**
   * Stands around each listener of a server or a socket, those of Node and of libraries too: it is ended where one of them throws, or where an
   * error has no listener, and the others hear of the event all the same. One function serves them all: there may be thousands.
   */
  enclose(emitter: EventEmitter): void {
    emitter.emit = this.#emit;
  }

  /** The same timers; what a callback throws is told, and the others fire all the same. */
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
 * For errors of sockets, which their end says enough about. One function serves them all, and keeps nothing alive: a closure would the request that
 * it was made in.
 */
export function endOnError(this: Duplex): void {
  this.destroy();
}

/** Answers a request that met a fault, as far as that can still be done. */
export function answerFault(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  // An answer that has begun cannot be taken back: its end says that it is not whole.
  if (response.headersSent) response.destroy();
  else sendRefusal(request, response, refusalOf(error));
}

/** The same for an upgrade that is not taken yet. */
export function answerUpgradeFault(socket: Duplex, error: unknown): void {
  if (socket.writable) refuseUpgrade(socket, refusalOf(error));
  else socket.destroy();
}

const noneLeft = new Set(['EMFILE', 'ENFILE']);

/** True where the system gave no descriptor for another file or socket: which is nobody's fault, and passes. */
export const isOutOfDescriptors = (error: unknown): boolean =>
  noneLeft.has((error as Partial<NodeJS.ErrnoException> | undefined)?.code ?? '');

/** The error where we do not even ask the system for one more. */
export const outOfDescriptors = (): Error => Object.assign(new Error('too many open files'), { code: 'EMFILE' });

/** What whoever met the fault is told: nothing of what it was, which may be nobody's business. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isOutOfDescriptors(error)) return noDescriptorLeft();
  return new Refusal(500, 'The server met an error with this request.');
}

/** The refusal where another file or socket is one too many. */
export const noDescriptorLeft = (): Refusal =>
  new Refusal(503, 'The server has as many connections and files open as its system lets it. Try again in a moment.', {
    'Retry-After': '1',
    Connection: 'close',
  });
