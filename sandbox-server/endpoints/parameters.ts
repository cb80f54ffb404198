/** Checks the parameters of an address. A wrong one is refused with its name and what it may be. */

/** Thrown for a parameter with a value that it cannot have. `message` is a sentence for the reader. */
export class ParameterError extends Error {
  override name = 'ParameterError';

  constructor(parameter: string, value: string, takes: string) {
    super(`"${parameter}" is "${value.slice(0, 40)}"; it takes ${takes}.`);
  }
}

/** Returns a whole number from `least` to `most` in the query, or `otherwise` if it is absent. Throws a ParameterError. */
export function integerIn(
  query: URLSearchParams,
  name: string,
  [least, most]: readonly [number, number],
  otherwise: number,
): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new ParameterError(name, text, `a whole number from ${least} to ${most}`);
}

/** Returns one of a few words in the query, or the first of them if it is absent. Throws a ParameterError. */
export function wordIn<Word extends string>(query: URLSearchParams, name: string, words: readonly [Word, ...Word[]]): Word {
  const text = query.get(name);
  if (text === null) return words[0];
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  throw new ParameterError(name, text, words.map((known) => `"${known}"`).join(' or '));
}
