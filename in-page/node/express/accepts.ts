/** What a client accepts (RFC 9110 §12.5.1). */

/** Returns how much a client wants a type, 0 to 1: by the most specific range that has it. */
function qualityOf(accept: string, type: string): number {
  const [kind = ''] = type.split('/');
  let [best, precision] = [0, -1];
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const own = [`*/*`, `${kind}/*`, type].indexOf(name);
    if (own <= precision) continue;
    precision = own;
    best = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
  }
  return best;
}

/** Returns the first of the types that the client wants most; undefined where it wants none. */
export function preferred(accept: string | undefined, types: readonly string[]): string | undefined {
  if (accept === undefined) return types[0];
  const wanted = types.map((type) => ({ type, quality: qualityOf(accept, type) })).filter(({ quality }) => quality > 0);
  return wanted.sort((a, b) => b.quality - a.quality)[0]?.type;
}
