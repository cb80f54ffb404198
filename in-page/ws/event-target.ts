/** The `EventTarget` side of the library's WebSocket: events as objects, for the four names that browsers know. */
import type { EventEmitter } from '../node/events.ts';

const byAttribute = Symbol('isForOnEventAttribute');
const handlerOf = Symbol('listener');

/** An event. `target` is the WebSocket. */
export class Event {
  readonly type: string;
  readonly target: unknown;
  constructor(type: string, target: unknown = null) {
    this.type = type;
    this.target = target;
  }
}

export class MessageEvent extends Event {
  readonly data: unknown;
  constructor(target: unknown, data: unknown) {
    super('message', target);
    this.data = data;
  }
}

export class CloseEvent extends Event {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  constructor(target: unknown, code: number, reason: string, wasClean: boolean) {
    super('close', target);
    this.code = code;
    this.reason = reason;
    this.wasClean = wasClean;
  }
}

export class ErrorEvent extends Event {
  readonly error: unknown;
  readonly message: string;
  constructor(target: unknown, error: Error) {
    super('error', target);
    this.error = error;
    this.message = error.message;
  }
}

/** Events by the names under which programs listen. */
export interface EventsByName {
  open: Event;
  message: MessageEvent;
  close: CloseEvent;
  error: ErrorEvent;
}

export type Handler<Of> = ((event: Of) => void) | { handleEvent: (event: Of) => void };

/** A WebSocket as far as its events need it. */
export interface EventSource extends EventEmitter {
  /** True where both Close frames were there. */
  readonly wasClean: boolean;
}

type Wrapper = ((...values: unknown[]) => void) & { [byAttribute]?: boolean; [handlerOf]?: unknown };

/** How the arguments of an event of Node become an event object. */
const eventOf: { [Name in keyof EventsByName]: (target: EventSource, ...values: unknown[]) => EventsByName[Name] } = {
  open: (target) => new Event('open', target),
  message: (target, data, isBinary) => new MessageEvent(target, isBinary ? data : String(data)),
  close: (target, code, reason) => new CloseEvent(target, code as number, String(reason), target.wasClean),
  error: (target, error) => new ErrorEvent(target, error as Error),
};

const isKnown = (type: string): type is keyof EventsByName => type in eventOf;
const listenersOf = (target: EventSource, type: string): Wrapper[] => target.listeners(type) as Wrapper[];

/** Adds a listener, unless it is there already. Names that browsers do not know are ignored. */
export function addEventListener(
  target: EventSource,
  type: string,
  handler: Handler<never>,
  { once = false, isAttribute = false }: { once?: boolean; isAttribute?: boolean } = {},
): void {
  if (!isKnown(type)) return;
  const isThere = listenersOf(target, type).some((one) => one[handlerOf] === handler && !one[byAttribute]);
  if (!isAttribute && isThere) return;
  const wrapper: Wrapper = (...values) => {
    const event = eventOf[type](target, ...values) as never;
    if (typeof handler === 'object') handler.handleEvent(event);
    else handler.call(target, event);
  };
  wrapper[byAttribute] = isAttribute;
  wrapper[handlerOf] = handler;
  if (once) target.once(type, wrapper);
  else target.on(type, wrapper);
}

export function removeEventListener(target: EventSource, type: string, handler: Handler<never>): void {
  const wrapper = listenersOf(target, type).find((one) => one[handlerOf] === handler && !one[byAttribute]);
  if (wrapper) target.removeListener(type, wrapper);
}

/** Returns what was set as `onopen` and the like. */
export function attribute<Of>(target: EventSource, type: string): ((event: Of) => void) | null {
  const wrapper = listenersOf(target, type).find((one) => one[byAttribute]);
  return (wrapper?.[handlerOf] as ((event: Of) => void) | undefined) ?? null;
}

/** Sets `onopen` and the like. */
export function setAttribute(target: EventSource, type: string, handler: unknown): void {
  const wrapper = listenersOf(target, type).find((one) => one[byAttribute]);
  if (wrapper) target.removeListener(type, wrapper);
  if (typeof handler === 'function') addEventListener(target, type, handler as (event: never) => void, { isAttribute: true });
}
