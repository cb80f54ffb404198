/** A target of the events that tell how far a request is (XHR §3.1), with their handlers as attributes. */
import { EventHandlers } from '../event-handlers.ts';

interface Progress {
  lengthComputable: boolean;
  loaded: number;
  total: number;
}

/** Node has none, where the tests run. */
const ProgressEventHere: new (type: string, init: Progress) => Event =
  globalThis.ProgressEvent ??
  class ProgressEvent extends Event {
    readonly lengthComputable: boolean;
    readonly loaded: number;
    readonly total: number;
    constructor(type: string, { lengthComputable, loaded, total }: Progress) {
      super(type);
      this.lengthComputable = lengthComputable;
      this.loaded = loaded;
      this.total = total;
    }
  };

/** Returns such an event: `loaded` bytes of `total`, where 0 means that it is not known. */
export const progressEvent = (type: string, loaded: number, total: number): Event =>
  new ProgressEventHere(type, { lengthComputable: total > 0, loaded, total });

const types = ['loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend'];

export class ProgressTarget extends EventTarget {}

const handlers = new WeakMap<EventTarget, EventHandlers>();

function handlersOf(target: EventTarget): EventHandlers {
  let known = handlers.get(target);
  if (!known) handlers.set(target, (known = new EventHandlers(target)));
  return known;
}

/** Defines the attributes `onload` and the like, for each type of event. */
export function defineHandlers(prototype: ProgressTarget, more: readonly string[] = []): void {
  for (const type of [...types, ...more]) {
    Object.defineProperty(prototype, `on${type}`, {
      get(this: ProgressTarget) {
        return handlersOf(this).get(type);
      },
      set(this: ProgressTarget, handler: unknown) {
        handlersOf(this).set(type, handler);
      },
      enumerable: true,
      configurable: true,
    });
  }
}
