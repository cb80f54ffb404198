/** Fields with brackets in their names, such as `user[name]=Ada` and `list[]=1`, as the package `qs` reads them. */

type Branch = Record<string, unknown>;

/** Returns objects and lists for the brackets of a query or a form. */
export function parseExtended(text: string): Branch {
  const fields: Branch = {};
  for (const [name, value] of new URLSearchParams(`&${text}`)) {
    const path = [name.split('[', 1)[0] ?? '', ...[...name.matchAll(/\[([^\]]*)\]/g)].map(([, part]) => part ?? '')];
    // A name such as __proto__ would change every object.
    if (!path.some((part) => part in Object.prototype)) put(fields, path, value);
  }
  return fields;
}

function put(at: Branch, [key = '', ...rest]: string[], value: string): void {
  const before = at[key];
  if (rest.length === 0) at[key] = before === undefined ? value : [before, value].flat();
  else if (rest.length === 1 && /^\d*$/.test(rest[0] ?? '')) at[key] = before === undefined ? [value] : [before, value].flat();
  else {
    const branch = typeof before === 'object' && before !== null ? (before as Branch) : {};
    at[key] = branch;
    put(branch, rest, value);
  }
}
