/** What the sandbox offers by default: the same answer that `/sandbox` gives, and every option with what it takes. */
import { type OptionName, type Options, optionTable, flagOf, profiles, variableOf } from '../../../sandbox-server/options.ts';
import { createSandbox } from '../../../sandbox-server/sandbox.ts';
import { formatCount } from '../../../protocol/words/count.ts';

export const description = createSandbox().describe();

/** An option as the reference shows it. */
export interface OptionRow {
  name: string;
  flag: string;
  variable: string;
  /** The default, with its unit. */
  value: string;
  takes: string;
  doc: string;
}

export const options: readonly OptionRow[] = (Object.keys(optionTable) as OptionName[]).map((name) => {
  const { unit = '', doc, takes, default: value } = optionTable[name];
  const isNone = value === 0 && takes.includes('0 means no limit');
  const shown = isNone ? 'no limit' : `${typeof value === 'number' ? formatCount(value) : value} ${unit}`.trim();
  return { name, flag: flagOf(name), variable: variableOf(name), value: name === 'port' ? String(value) : shown, takes, doc };
});

/** Returns what a profile sets differently from the defaults, as flags. */
export const profileFlags = (profile: Options['profile']): string[] =>
  Object.entries(profiles[profile]).map(([name, value]) => `${flagOf(name)} ${value}`);
