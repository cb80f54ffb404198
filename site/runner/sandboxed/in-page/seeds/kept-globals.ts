/**
 * The global object as it was before a program ran in it, to be put back before the next one does. What the program added goes,
 * and what it replaced or took away comes back: on the global object, on each object that has a global name, and on the prototypes
 * of those that are classes. Handlers and listeners that it put on the global object go too.
 *
 * Some of it stays: what a program has sealed or frozen, what it put on an object without a global name (the prototype of
 * generators, a module of Node's), and work of the platform that the run did not wait for, such as a stream that is still read.
 */
import { apply, bareList, method, seenThrough } from '../../natives.ts';

type Own = Map<PropertyKey, PropertyDescriptor>;

// The reader's code may replace any global, so take what is used after it ran beforehand.
const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, set } = Reflect;
const { is } = Object;
const { removeEventListener } = EventTarget.prototype;
const has = method(Map.prototype.has as (this: Own, key: PropertyKey) => boolean);
const each = method(Map.prototype.forEach as (this: Own, visit: (own: PropertyDescriptor, key: PropertyKey) => void) => void);

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

const isSame = (one: PropertyDescriptor | undefined, other: PropertyDescriptor): boolean =>
  one !== undefined &&
  is(one.value, other.value) &&
  one.get === other.get &&
  one.set === other.set &&
  one.writable === other.writable &&
  one.enumerable === other.enumerable &&
  one.configurable === other.configurable;

/** Returns a function that puts everything back as it is now. */
export function keepGlobals(scope: typeof globalThis): () => void {
  const dropListeners = countListeners(scope);
  const objects = [...objectsOf(scope)];
  const kept = objects.map((object): Own => new Map(ownKeys(object).map((key) => [key, descriptorOf(object, key)])));
  const handlers = handlersOf(scope);
  return () => {
    for (let i = 0; i < objects.length; i++) putBack(objects[i] as object, kept[i] as Own);
    for (let i = 0; i < handlers.length; i++) set(scope, handlers[i] as string, null);
    dropListeners();
  };
}

const descriptorOf = (object: object, key: PropertyKey): PropertyDescriptor =>
  getOwnPropertyDescriptor(object, key) as PropertyDescriptor;

function putBack(object: object, own: Own): void {
  const keys = ownKeys(object);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as PropertyKey;
    if (!has(own, key)) deleteProperty(object, key);
  }
  each(own, (descriptor, key) => {
    if (!isSame(getOwnPropertyDescriptor(object, key), descriptor)) defineProperty(object, key, descriptor);
  });
}

const chainOf = (object: object): object[] => {
  const chain: object[] = [];
  for (let at: object | null = object; at; at = getPrototypeOf(at)) chain.push(at);
  return chain;
};

function objectsOf(scope: typeof globalThis): Set<object> {
  const chain = chainOf(scope);
  const found = new Set<object>(chain);
  for (const key of chain.flatMap((object) => ownKeys(object))) {
    const value = valueOf(scope, key);
    if (!isObject(value)) continue;
    found.add(value);
    const { prototype } = value as { prototype?: unknown };
    if (typeof value === 'function' && isObject(prototype)) found.add(prototype);
  }
  return found;
}

/** Returns a global's value; undefined for one that this document may not have. */
function valueOf(scope: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(scope, key);
  } catch {
    return undefined;
  }
}

/** Returns the names of the event handlers of the global object, such as `onerror` (HTML §8.1.8.1). */
const handlersOf = (scope: object): string[] =>
  chainOf(scope).flatMap((object) =>
    ownKeys(object).filter(
      (key): key is string => typeof key === 'string' && key.startsWith('on') && descriptorOf(object, key).set !== undefined,
    ),
  );

/** Notes every listener that is put on the global object from now on. Returns a function that takes them off. */
function countListeners(scope: object): () => void {
  const { prototype } = EventTarget;
  let noted = bareList<unknown[]>();
  prototype.addEventListener = seenThrough(prototype.addEventListener, {
    apply(native, self, args: unknown[]) {
      const isGlobal = self === undefined || self === null || self === scope;
      if (isGlobal) noted[noted.length] = args;
      return apply(native, self, args) as unknown;
    },
  });
  return () => {
    for (let i = 0; i < noted.length; i++) apply(removeEventListener, scope, noted[i] as unknown[]);
    noted = bareList();
  };
}
