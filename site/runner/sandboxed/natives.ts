/**
 * The functions of the language and the browser, taken before the reader's code runs. That code may replace any global and any
 * prototype's method. If we called its version, we would hand it what it must not have: the port to the page, the native
 * constructors, the reports on its connections. So whatever runs beside it calls the functions taken here.
 */

export const { apply, construct } = Reflect;
const iterator: typeof Symbol.iterator = Symbol.iterator;
const { setPrototypeOf, getOwnPropertyDescriptor, getPrototypeOf } = Object;

/** Returns a method as a function of its object. */
export function method<Self, Args extends unknown[], Result>(
  native: (this: Self, ...args: Args) => Result,
): (self: Self, ...args: Args) => Result {
  return (self, ...args) => apply(native, self, args) as Result;
}

/** Returns an attribute of a prototype as a function of the object. */
export function attribute<Of extends object, Name extends keyof Of>(prototype: Of, name: Name): (self: Of) => Of[Name] {
  const get = getOwnPropertyDescriptor(prototype, name)?.get as ((this: Of) => Of[Name]) | undefined;
  if (!get) throw new TypeError(`Cannot take the attribute ${String(name)}: the prototype has none of that name`);
  return method(get);
}

/** Returns a Proxy with only the given traps: a trap put on `Object.prototype` would receive the target. */
export function seenThrough<Target extends object>(target: Target, traps: ProxyHandler<Target>): Target {
  return new Proxy(target, setPrototypeOf(traps, null) as ProxyHandler<Target>);
}

/**
 * Returns a list without a prototype, so that nobody can intercept what is put in. It has indices and a length, but no methods.
 */
export function bareList<Item>(): Item[] {
  return setPrototypeOf([], null) as Item[];
}

/**
 * Returns an iterable of one thing. Browsers take lists by iterating, and the reader's code can replace the iterator of arrays.
 */
export function only<Item>(item: Item): Iterable<Item> {
  const bare = <Of extends object>(object: Of): Of => setPrototypeOf(object, null) as Of;
  return bare({
    [iterator]() {
      let isGiven = false;
      return bare({
        next() {
          if (isGiven) return bare({ done: true as const, value: undefined });
          isGiven = true;
          return bare({ done: false as const, value: item });
        },
      });
    },
  });
}

/**
 * Returns the object that holds a property: this one or one it inherits from, or the object itself if there is no such property.
 */
export function holderOf(object: object, name: PropertyKey): object {
  for (let at: object | null = object; at; at = getPrototypeOf(at) as object | null)
    if (getOwnPropertyDescriptor(at, name)) return at;
  return object;
}

export const listen = method(EventTarget.prototype.addEventListener) as (
  target: EventTarget,
  type: string,
  listener: (event: never) => void,
  options?: AddEventListenerOptions,
) => void;
/**
 * Listens only to events from the browser itself. Skips events that a program dispatches, because they did not happen on any
 * connection. `isTrusted` is on each event itself, where nobody can change it (DOM §2.2).
 */
export function listenTrusted<Of extends Event>(target: EventTarget, type: string, listener: (event: Of) => void): void {
  listen(target, type, (event: Of) => {
    if (event.isTrusted) listener(event);
  });
}

export const dataOf = attribute(MessageEvent.prototype, 'data') as (event: MessageEvent) => unknown;
export const portsOf = attribute(MessageEvent.prototype, 'ports');
export const postTo = method(MessagePort.prototype.postMessage as (this: MessagePort, message: unknown) => void);
export const whenSettled = method(
  Promise.prototype.then as (
    this: Promise<unknown>,
    fulfilled: (value: never) => unknown,
    rejected?: (reason: unknown) => unknown,
  ) => Promise<unknown>,
);

const getOfMap = method(Map.prototype.get);
const setOfMap = method(Map.prototype.set);
const deleteOfMap = method(Map.prototype.delete);
const getOfWeakMap = method(WeakMap.prototype.get);
const setOfWeakMap = method(WeakMap.prototype.set);

/** A Map whose methods nobody can replace. */
export class OwnMap<Key, Value> {
  readonly #map = new Map<Key, Value>();

  get(key: Key): Value | undefined {
    return getOfMap(this.#map, key) as Value | undefined;
  }

  set(key: Key, value: Value): void {
    setOfMap(this.#map, key, value);
  }

  delete(key: Key): void {
    deleteOfMap(this.#map, key);
  }
}

/** A WeakMap whose methods nobody can replace. */
export class OwnWeakMap<Key extends WeakKey, Value> {
  readonly #map = new WeakMap<Key, Value>();

  get(key: Key): Value | undefined {
    return getOfWeakMap(this.#map, key) as Value | undefined;
  }

  set(key: Key, value: Value): void {
    setOfWeakMap(this.#map, key, value);
  }
}
