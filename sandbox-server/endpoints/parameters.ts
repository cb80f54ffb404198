/** Parameters of an address, checked: a wrong one is refused with its name and with what it may be. */

/** A parameter has a value that it cannot have. `message` is a sentence for the reader. */
export class ParameterError extends Error {
  override name = 'ParameterError';

  constructor(parameter: string, value: string, takes: string) {
    super(`"${parameter}" is "${value.slice(0, 40)}"; it takes ${takes}.`);
  }
}

/** A whole number from `least` to `most` in the query, or `otherwise` where it is absent. Throws a ParameterError. */
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

/** One of a few words in the query, or the first of them where it is absent. Throws a ParameterError. */
export function wordIn<Word extends string>(query: URLSearchParams, name: string, words: readonly [Word, ...Word[]]): Word {
  const text = query.get(name);
  if (text === null) return words[0];
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  throw new ParameterError(name, text, words.map((known) => `"${known}"`).join(' or '));
}
