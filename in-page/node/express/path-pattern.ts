/**
 * Paths of routes as Express 5 reads them (path-to-regexp 8): `:name` for a segment, `*name` for the rest, `{…}` for what may be
 * left out. A `*` without a name, which Express 5 refuses, is taken as Express 4 took it: older servers are full of them.
 */

export interface PathMatch {
  /** The part of the path that matched. */
  path: string;
  params: Record<string, string | string[]>;
}

/** Returns what a path matched; undefined where it does not. Throws an error with the status 400 for what cannot be decoded. */
export type PathMatcher = (path: string) => PathMatch | undefined;

export interface PatternOptions {
  /** False for a pattern that may match the beginning of a path alone, as `use` takes them. */
  isWhole: boolean;
  isCaseSensitive: boolean;
  /** True where a slash at the end matters. */
  isStrict: boolean;
}

interface Param {
  name: string;
  /** True for a wildcard with a name: it gives the segments as a list. */
  isList: boolean;
}

export type Pattern = string | RegExp | readonly (string | RegExp)[];

export function pathMatcher(pattern: Pattern, options: PatternOptions): PathMatcher {
  if (Array.isArray(pattern)) {
    const matchers = (pattern as (string | RegExp)[]).map((one) => pathMatcher(one, options));
    return (path) => {
      for (const match of matchers) {
        const found = match(path);
        if (found) return found;
      }
      return undefined;
    };
  }
  if (pattern instanceof RegExp) return regExpMatcher(pattern);
  const text = pattern as string;
  if (!options.isWhole && text === '/') return () => ({ path: '', params: {} });
  const { source, params } = compile(!options.isStrict && text.length > 1 ? text.replace(/\/$/, '') : text);
  const end = options.isWhole ? (options.isStrict ? '$' : '/?$') : '(?=/|$)';
  return matcherOf(new RegExp(`^${source}${end}`, options.isCaseSensitive ? '' : 'i'), params);
}

function regExpMatcher(pattern: RegExp): PathMatcher {
  return (path) => {
    pattern.lastIndex = 0;
    const found = pattern.exec(path);
    if (!found) return undefined;
    const numbered = found.slice(1).map((value, i) => [String(i), value] as const);
    const all = [...numbered, ...Object.entries(found.groups ?? {})].filter(([, value]) => value !== undefined);
    return { path: found[0], params: Object.fromEntries(all.map(([name, value]) => [name, decode(name, value)])) };
  };
}

function matcherOf(expression: RegExp, params: readonly Param[]): PathMatcher {
  return (path) => {
    const found = expression.exec(path);
    if (!found) return undefined;
    const given: PathMatch['params'] = {};
    for (const [i, { name, isList }] of params.entries()) {
      const value = found[i + 1];
      if (value !== undefined) given[name] = isList ? value.split('/').map((part) => decode(name, part)) : decode(name, value);
    }
    return { path: found[0], params: given };
  };
}

function decode(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw Object.assign(new URIError(`Failed to decode param '${value}' of '${name}'`), { status: 400 });
  }
}

const nameThere = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;

/** Returns the pattern as the source of a regular expression, and its parameters in order. Throws a TypeError as Express does. */
function compile(pattern: string): { source: string; params: Param[] } {
  const params: Param[] = [];
  let [source, unnamed, at] = ['', 0, 0];
  while (at < pattern.length) {
    const char = pattern.charAt(at);
    if (char === ':' || char === '*') {
      nameThere.lastIndex = at + 1;
      const name = nameThere.exec(pattern)?.[0];
      if (name === undefined && char === ':') throw refusal('Missing parameter name', at + 1, pattern);
      params.push({ name: name ?? String(unnamed++), isList: char === '*' && name !== undefined });
      source += char === ':' ? '([^/]+?)' : name === undefined ? '(.*)' : '(.+)';
      at += name?.length ?? 0;
    } else if (char === '{') source += '(?:';
    else if (char === '}') source += ')?';
    else if ('()[]+?!'.includes(char)) throw refusal(`Unexpected ${char}`, at, pattern);
    else source += escaped(char === '\\' ? pattern.charAt(++at) : char);
    at++;
  }
  return { source, params };
}

const escaped = (char: string): string => char.replace(/[.+*?^${}()[\]|/\\]/, '\\$&');

function refusal(what: string, at: number, pattern: string): TypeError {
  return new TypeError(`${what} at index ${at}: ${pattern}; visit https://git.new/pathToRegexpError for info`);
}
