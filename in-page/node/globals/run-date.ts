/** `Date` on the run's clock. */

/** Returns a `Date` whose present is `now`, ms since 1970. It makes ordinary dates, and ordinary dates are instances of it. */
export function createDate(now: () => number): DateConstructor {
  return new Proxy(Date, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    // Called without `new`, it returns the present as text, whatever it is given (ECMAScript §21.4.2.1).
    apply: () => new Date(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown)),
  });
}
