/** Members of a module that are not there, which say so where they are called. */

/** Returns functions that throw an Error: what is not there, and what to use instead. */
export function refusals(module: string, members: Readonly<Record<string, string>>): Record<string, () => never> {
  return Object.fromEntries(
    Object.entries(members).map(([name, instead]) => [
      name,
      (): never => {
        throw new Error(`${module}.${name} is not there in the page: ${instead}`);
      },
    ]),
  );
}
