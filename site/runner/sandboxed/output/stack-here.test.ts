import { expect, test } from 'vitest';
import { stackHere } from './stack-here.ts';

test('has the lines of a stack in one form, whatever the engine', () => {
  const lines = ['    at send (client.ts:3:5)', '    at client.ts:9:1'];
  expect(stackHere(['Error: any', ...lines].join('\n'))).toEqual(lines);
  expect(stackHere('send@client.ts:3:5\n@client.ts:9:1\n')).toEqual(lines);
});

test('names the function that calls it', () => {
  const asks = (): string[] => stackHere();
  expect(asks()[1]).toContain('asks');
});
