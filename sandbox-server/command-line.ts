/** Reads options from the command line and the environment, and writes the help. A flag wins over a variable. */
import { parseArgs } from 'node:util';
import { flagOf, type OptionName, OptionError, type Options, optionTable, resolveOptions, variableOf } from './options.ts';

const names = Object.keys(optionTable) as OptionName[];

/** What the command line asks for. */
export type Command = { help: true } | { help: false; options: Options };

/** Reads arguments (without `node` and the script) and environment. Throws an OptionError for anything unknown or invalid. */
export function readCommand(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): Command {
  const flags = readFlags(argv);
  if (flags.help !== undefined) return { help: true };
  const given: Partial<Record<OptionName, unknown>> = {};
  const sources: Record<string, string> = {};
  for (const name of names) {
    const flag = flags[flagOf(name).slice(2)];
    const text = flag ?? environment[variableOf(name)];
    if (text === undefined || (flag === undefined && text === '')) continue;
    given[name] = typeof optionTable[name].default === 'number' ? numberFrom(text) : text;
    sources[name] = flag === undefined ? variableOf(name) : flagOf(name);
  }
  return { help: false, options: resolveOptions(given as Partial<Options>, (name) => sources[name] ?? name) };
}

function readFlags(argv: readonly string[]): Record<string, string> {
  const known = Object.fromEntries(names.map((name) => [flagOf(name).slice(2), { type: 'string' as const }]));
  try {
    const { values } = parseArgs({
      args: withNegatives(argv),
      options: { ...known, help: { type: 'boolean', short: 'h' } },
      strict: true,
    });
    return values as Record<string, string>;
  } catch (error) {
    const sentence = String((error as Error).message).split(/[.\n]/, 1)[0] ?? '';
    throw new OptionError(`${sentence}. Run with --help for the list of options.`);
  }
}

/** Joins `--name -1` to `--name=-1`: otherwise -1 passes for another flag, and the error does not say what the option takes. */
function withNegatives(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (const [i, argument] of argv.entries()) {
    if (/^-\d/.test(argument) && /^--[^=]+$/.test(argv[i - 1] ?? '')) joined.push(`${joined.pop()}=${argument}`);
    else joined.push(argument);
  }
  return joined;
}

/** Returns the text as a number, or unchanged if it is none, for the check to refuse. */
function numberFrom(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
}

/** Returns the help: every option with its variable, default and sentence. */
export function helpText(): string {
  const rows = names.map((name) => {
    const { default: fallback, unit, doc } = optionTable[name];
    return [flagOf(name), variableOf(name), `${fallback}${unit ? ` ${unit}` : ''}`, doc];
  });
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
  return [
    'Serves the lessons and their sandbox: WebSocket endpoints that can be watched frame by frame.',
    '',
    'Each option can be a flag or an environment variable; if it is a limit, 0 lifts it.',
    '',
    ...lines,
    '',
  ].join('\n');
}
