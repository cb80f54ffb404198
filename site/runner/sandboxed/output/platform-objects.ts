/** The browser's own objects, whose attributes are getters on their prototypes. */
import { tagOf } from './type-names.ts';

/** The attributes that are worth showing, by class. */
const attributes: Record<string, string> = {
  AbortSignal: 'aborted',
  Blob: 'size type',
  CloseEvent: 'type code reason wasClean',
  CustomEvent: 'type detail',
  ErrorEvent: 'type message',
  Event: 'type',
  EventSource: 'url readyState',
  File: 'name size type',
  MessageEvent: 'type data',
  PromiseRejectionEvent: 'type reason',
  ReadableStream: 'locked',
  Request: 'method url headers bodyUsed',
  Response: 'status statusText ok url redirected type headers bodyUsed',
  URL: 'href',
  WebSocket: 'url readyState protocol',
  WorkerLocation: 'href',
  XMLHttpRequest: 'readyState status',
};

/** Classes that hold a list of names and values. */
const lists: Record<string, (object: object) => Iterable<readonly [string, unknown]>> = Object.fromEntries(
  ['Headers', 'URLSearchParams', 'FormData'].flatMap((name) => {
    const { entries } = ((globalThis as Record<string, unknown>)[name] as { prototype: Record<string, unknown> } | undefined)
      ?.prototype ?? { entries: undefined };
    return typeof entries === 'function' ? [[name, (object: object) => Reflect.apply(entries, object, [])]] : [];
  }),
) as never;

/** What such an object shows. */
export type PlatformObject = { fields: (readonly [string, unknown])[] } | { list: (readonly [string, unknown])[] };

/** Returns what an object of the browser's shows; undefined for any other. Throws for a prototype by itself. */
export function platformObject(object: object): PlatformObject | undefined {
  const { tag, holder } = tagOf(object);
  // A class of the reader's may call itself the same.
  const isOwn =
    holder !== undefined &&
    (globalThis as unknown as Record<string, { prototype?: object } | undefined>)[tag]?.prototype === holder;
  if (!isOwn) return undefined;
  if (Object.hasOwn(lists, tag))
    return { list: [...(lists[tag] as (of: object) => Iterable<readonly [string, unknown]>)(object)] };
  if (!Object.hasOwn(attributes, tag)) return undefined;
  // From the browser's prototype on, so that a getter in a class of the reader's is not called.
  const fields = (attributes[tag] as string).split(' ').map((key) => [key, Reflect.get(holder, key, object) as unknown] as const);
  return { fields };
}
