/** What kind of object a value is, read without calling anything of the reader's. */

/** Returns the value of a property wherever in the chain of prototypes it is; undefined for one with a getter. */
function dataIn(object: object, key: PropertyKey): { value: unknown; holder: object } | undefined {
  for (let at: object | null = object; at; at = Object.getPrototypeOf(at) as object | null) {
    const own = Object.getOwnPropertyDescriptor(at, key);
    if (own) return 'value' in own ? { value: own.value as unknown, holder: at } : undefined;
  }
  return undefined;
}

/** Returns a function's own name; empty if it has none, or one that is computed. */
export function functionName(of: object): string {
  const name = Object.getOwnPropertyDescriptor(of, 'name')?.value as unknown;
  return typeof name === 'string' ? name : '';
}

/** Returns the name of an object's class; undefined for an object without a prototype. */
export function className(object: object): string | undefined {
  if (Object.getPrototypeOf(object) === null) return undefined;
  const made = dataIn(object, 'constructor')?.value;
  return typeof made === 'function' ? functionName(made) : '';
}

/** Returns how an object's class calls itself (`Symbol.toStringTag`), and the prototype that says so. */
export function tagOf(object: object): { tag: string; holder: object | undefined } {
  const { value, holder } = dataIn(object, Symbol.toStringTag) ?? {};
  return typeof value === 'string' ? { tag: value, holder } : { tag: '', holder: undefined };
}

/** Returns a function as text: `[Function send]`, `[class Station extends Place]`. */
export function functionText(of: (...args: never[]) => unknown): string {
  const name = functionName(of);
  if (!/^class\b/.test(Function.prototype.toString.call(of))) return `[${tagOf(of).tag || 'Function'} ${name || '(anonymous)'}]`;
  const parent: unknown = Object.getPrototypeOf(of);
  const parentName = typeof parent === 'function' ? functionName(parent) : '';
  return `[class ${name || '(anonymous)'}${parentName && ` extends ${parentName}`}]`;
}
