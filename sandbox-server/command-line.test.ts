import { expect, test } from 'vitest';
import { helpText, readCommand } from './command-line.ts';
import { flagOf, optionTable, resolveOptions, variableOf } from './options.ts';

const optionsOf = (argv: string[], environment: Record<string, string> = {}) => {
  const command = readCommand(argv, environment);
  if (command.help) throw new Error('help was asked for');
  return command.options;
};

test('an option is a flag and an environment variable; the flag wins, the default fills in', () => {
  expect(optionsOf([])).toEqual(resolveOptions({}));
  expect(optionsOf([], { MAX_MESSAGE_BYTES: '10', HOST: '0.0.0.0' })).toMatchObject({ maxMessageBytes: 10, host: '0.0.0.0' });
  expect(optionsOf(['--max-message-bytes', '20'], { MAX_MESSAGE_BYTES: '10' }).maxMessageBytes).toBe(20);
  expect(optionsOf(['--ping-after=1.5']).pingAfter).toBe(1.5);
  expect(optionsOf([], { PORT: '' }).port).toBe(4321);
});

test('a wrong value is refused with the name it was given under and what it takes', () => {
  expect(() => optionsOf(['--port', '70000'])).toThrow('--port is 70000; it takes a whole number from 0 to 65535.');
  expect(() => optionsOf([], { PORT: 'http' })).toThrow('PORT is "http"; it takes a whole number from 0 to 65535.');
  expect(() => optionsOf(['--max-rooms', '1.5'])).toThrow('--max-rooms is 1.5; it takes a whole number; 0 means no limit.');
  expect(() => optionsOf(['--drain=-1'])).toThrow('--drain is -1; it takes a number of seconds; 0 means no limit.');
  expect(() => optionsOf(['--max-rooms', '-1'])).toThrow('--max-rooms is -1; it takes a whole number; 0 means no limit.');
});

test('an unknown option is refused with a pointer to the help', () => {
  expect(() => optionsOf(['--prot', '1'])).toThrow("Unknown option '--prot'. Run with --help for the list of options.");
  expect(() => optionsOf(['4321'])).toThrow(/Run with --help for the list of options\.$/);
});

test('the help lists every option with its flag, variable, default and sentence', () => {
  expect(readCommand(['--help'], {})).toEqual({ help: true });
  const help = helpText();
  for (const [name, option] of Object.entries(optionTable)) {
    const line = help.split('\n').find((candidate) => candidate.includes(` ${flagOf(name)} `));
    expect(line).toContain(` ${variableOf(name)} `);
    expect(line).toContain(String(option.default));
    expect(line).toContain(option.doc);
  }
});

test('a profile sets several options, an option given by itself wins, and an unknown profile is refused', () => {
  expect(optionsOf(['--profile', 'class'])).toEqual(resolveOptions({}));
  expect(optionsOf(['--profile', 'lifted'])).toMatchObject({ maxMessageBytes: 0, messagesPerSecond: 0, maxSessions: 2000 });
  expect(optionsOf(['--profile=lifted'], { MAX_MESSAGE_BYTES: '10' }).maxMessageBytes).toBe(10);
  expect(() => optionsOf([], { PROFILE: 'open' })).toThrow('PROFILE is "open"; it takes "class" or "lifted".');
});
