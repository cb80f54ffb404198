/** Reads the path of an address, and matches it with an endpoint's pattern, such as `/broadcast/:room`. */

/** Returns the path of a target, which may be in absolute form (RFC 9112 §3.2.2). */
const pathOf = (target: string): string => target.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] ?? '';

/**
 * Returns false for a path that may mean something else to a proxy in front of us, which may let some paths pass without a login:
 * one with a backslash, empty first segments, or segments that lead elsewhere (WHATWG URL §4.4).
 */
export function isPlain(target: string): boolean {
  const path = pathOf(target);
  return !path.startsWith('//') && !/[\\\t\r\n]/.test(path) && !/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path);
}

/**
 * Returns the parameters of a path that fits the pattern, otherwise undefined. `nameOf` may give another name in place of a
 * parameter's; by default it stays.
 */
export function matchPath(
  pattern: string,
  path: readonly string[],
  nameOf: (name: string) => string = (name) => name,
): Record<string, string> | undefined {
  const parts = pattern.slice(1).split('/');
  if (parts.length !== path.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const segment = path[i] as string;
    if (part.startsWith(':')) parameters[part.slice(1)] = nameOf(decoded(segment));
    else if (part !== segment) return undefined;
  }
  return parameters;
}

/** Undoes the segment's percent-encoding; returns a broken one as it is, for the parameter check to refuse. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
