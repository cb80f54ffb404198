/** Tells connections apart: by their given name, else by what differs in their addresses, else by a number. */
import type { LanePair } from '../conversation/lane-pairs.ts';

/** Parameters that read more easily in words. */
const inWords = new Map<string, (value: string) => string | undefined>([
  ['bandwidth', (bits) => (Number(bits) > 0 ? `${Number(bits) / 1000} kbit/s` : undefined)],
  ['self', (value) => (value === '0' ? 'does not hear itself' : 'hears itself')],
]);

/** Returns one caption for each pair, in the same order. `names` holds given names by the connection's id. */
export function captionsOf(pairs: readonly LanePair[], names: Readonly<Record<string, string>> = {}): string[] {
  const addresses = pairs.map(({ url, isHttp, connections }) => addressOf(isHttp && connections.length > 1 ? '/HTTP' : url));
  const queries = addresses.map(({ searchParams }) => new Set(Array.from(searchParams, ([name, value]) => `${name}=${value}`)));
  const onOnePath = addresses.every(({ pathname }) => pathname === addresses[0]?.pathname);
  const captions = pairs.map(({ connections, client, isHttp }, i) => {
    const given = connections.find(({ id }) => Object.hasOwn(names, id));
    if (given) return names[given.id] as string;
    const own = [...(queries[i] as Set<string>)].filter((part) => !queries.every((query) => query.has(part)));
    if (onOnePath && own.length > 0) return own.map(wordsOf).join(' ');
    if (onOnePath && new Set(pairs.map((pair) => pair.client)).size === pairs.length) return `client ${client}`;
    return isHttp && connections.length > 1 ? 'HTTP' : (addresses[i] as URL).pathname + (addresses[i] as URL).search;
  });
  // Two connections of one client to one address: "1. /echo" and "2. /echo". The number leads: long captions lose their end.
  const isAlike = (i: number, j: number): boolean => captions[i] === captions[j] && pairs[i]?.client === pairs[j]?.client;
  return captions.map((caption, i) => {
    const alike = [...captions.keys()].filter((j) => isAlike(i, j));
    return alike.length > 1 ? `${alike.indexOf(i) + 1}. ${caption}` : caption;
  });
}

/** A hand-written trace may hold anything as an address: anything that is not one counts as a path. */
const addressOf = (url: string): URL =>
  URL.parse(url, 'ws://sandbox') ?? new URL(encodeURIComponent(url.toWellFormed()), 'ws://sandbox');

function wordsOf(parameter: string): string {
  const [name = '', value = ''] = parameter.split('=');
  return inWords.get(name)?.(value) ?? parameter;
}
