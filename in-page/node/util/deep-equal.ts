/** Node's `util.isDeepStrictEqual`, and the comparison of `assert.deepEqual`, which takes 1 for '1'. */

/** True where two values have the same class, parts and properties, all the way down. Loose: those that `==` holds for are the same. */
export function isDeepEqual(one: unknown, other: unknown, isStrict = true): boolean {
  return compare(one, other, isStrict, new Map());
}

function compare(one: unknown, other: unknown, isStrict: boolean, within: Map<object, object>): boolean {
  if (!isObject(one) || !isObject(other)) {
    // Loose equality is what assert.equal is about.
    return Object.is(one, other) || (!isStrict && (one == other || (one !== one && other !== other))); // eslint-disable-line eqeqeq
  }
  if (one === other) return true;
  // Objects that contain themselves are the same where they do so at the same place.
  if (within.has(one)) return within.get(one) === other;
  within.set(one, other);
  const isSame =
    sameKind(one, other, isStrict) && sameContent(one, other, isStrict, within) && sameKeys(one, other, isStrict, within);
  within.delete(one);
  return isSame;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function sameKind(one: object, other: object, isStrict: boolean): boolean {
  if (isStrict && Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (one instanceof Date || other instanceof Date) return Number(one) === Number(other);
  if (one instanceof RegExp || other instanceof RegExp) return String(one) === String(other);
  if (one instanceof Error || other instanceof Error) return String(one) === String(other);
  return true;
}

function sameContent(one: object, other: object, isStrict: boolean, within: Map<object, object>): boolean {
  if (one instanceof Map) {
    if (!(other instanceof Map) || one.size !== other.size) return false;
    return [...one].every(([key, value]) => other.has(key) && compare(value, other.get(key), isStrict, within));
  }
  if (one instanceof Set) {
    if (!(other instanceof Set) || one.size !== other.size) return false;
    return [...one].every((value) => other.has(value) || [...other].some((of) => compare(value, of, isStrict, within)));
  }
  return !(other instanceof Map || other instanceof Set);
}

function sameKeys(one: object, other: object, isStrict: boolean, within: Map<object, object>): boolean {
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  const at = (value: object, key: string): unknown => (value as Record<string, unknown>)[key];
  return keys.every((key) => Object.hasOwn(other, key) && compare(at(one, key), at(other, key), isStrict, within));
}
