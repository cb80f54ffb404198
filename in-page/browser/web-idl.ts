/** Gives a class the shape that WebIDL gives to the interface `WebSocket` (WebIDL §3.7). */

/** The constants of the interface (WHATWG WebSockets §3.1). */
export const states = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const;

/** Adds the constants and the name, makes the members enumerable, and sets the number of arguments that are needed. Returns the class. */
export function shapeAsInBrowsers<Class extends { prototype: object }>(made: Class): Class {
  const { prototype } = made;
  for (const [name, value] of Object.entries(states)) {
    for (const place of [made, prototype]) Object.defineProperty(place, name, { value, enumerable: true });
  }
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name !== 'constructor') Object.defineProperty(prototype, name, { enumerable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: 'WebSocket', configurable: true });
  const { send, close } = prototype as { send?: object; close?: object };
  for (const [callable, length] of [
    [made, 1],
    [send, 1],
    [close, 0],
  ] as const) {
    if (callable) Object.defineProperty(callable, 'length', { value: length });
  }
  return made;
}
