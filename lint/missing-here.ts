/**
 * Returns the names that the browser running it lacks. It uses nothing outside itself, since it runs as text in a page and in a
 * Worker of each engine (`(${missingHere})(names)`). A name is a global (`fetch`), a member (`Array.at`), or a member of the
 * constructor itself (`static URL.parse`).
 */
export function missingHere(names: readonly string[]): string[] {
  const at = (path: string): unknown =>
    path.split('.').reduce<unknown>((of, key) => (of as Record<string, unknown> | undefined)?.[key], globalThis);
  /** Some members of these are on each object itself, not on its prototype. */
  const examples: Record<string, () => object | null> = {
    Location: () => location,
    Window: () => globalThis,
    CSSStyleDeclaration: () => document.documentElement.style,
    Error: () => new Error('', { cause: 'any' }),
    Event: () => new Event('x'),
    Array: () => /x/.exec('x'),
    RegExp: () => /x/,
    String: () => new String('x'),
  };
  const has = (name: string): boolean => {
    const isStatic = name.startsWith('static ');
    const path = isStatic ? name.slice(7) : name;
    const dot = path.lastIndexOf('.');
    if (dot < 0) return path in globalThis;
    const ownerName = path.slice(0, dot);
    const owner = at(ownerName);
    const member = path.slice(dot + 1);
    const example = !isStatic && Object.hasOwn(examples, ownerName) ? examples[ownerName]?.() : undefined;
    if (example && member in example) return true;
    if (owner === undefined || owner === null) return false;
    const prototype = !isStatic && typeof owner === 'function' ? (owner.prototype as object | undefined) : undefined;
    return (prototype !== undefined && member in prototype) || member in (owner as object);
  };
  return names.filter((name) => !has(name));
}
