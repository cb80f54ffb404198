/** Gives a class the shape that WebIDL gives to an interface (WebIDL §3.7). */

/** The constants of the interface `WebSocket` (WHATWG WebSockets §3.1). */
export const states = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const;

/** What an interface has besides what the class shows. */
export interface Interface {
  name: string;
  constants: Readonly<Record<string, number>>;
  /** How many arguments each method needs; those that are not here need as many as they name. */
  needed?: Readonly<Record<string, number>>;
  /** Methods of the class that the interface inherits. */
  inherited?: readonly string[];
}

/** Adds the constants and the name, makes the members enumerable, and sets the number of arguments that are needed. Returns the class. */
export function shapeAs<Class extends { prototype: object }>(
  made: Class,
  { name, constants, needed, inherited }: Interface,
): Class {
  const { prototype } = made;
  for (const [name, value] of Object.entries(constants)) {
    for (const place of [made, prototype]) Object.defineProperty(place, name, { value, enumerable: true });
  }
  for (const member of Object.getOwnPropertyNames(prototype)) {
    if (member !== 'constructor' && !inherited?.includes(member)) Object.defineProperty(prototype, member, { enumerable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
  for (const [member, length] of Object.entries(needed ?? {})) {
    const callable = member === 'constructor' ? made : (prototype as Record<string, object>)[member];
    if (callable) Object.defineProperty(callable, 'length', { value: length });
  }
  return made;
}

/** Gives a class the shape of `WebSocket`. */
export const shapeAsInBrowsers = <Class extends { prototype: object }>(made: Class): Class =>
  shapeAs(made, { name: 'WebSocket', constants: states, needed: { constructor: 1, send: 1, close: 0 } });
