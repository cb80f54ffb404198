import { expect, test } from 'vitest';
import { nameAddress, readable } from './reader-addresses.ts';

const address = 'blob:null/5ca1ab1e';
const script = 'blob:null/0ddba11';

test('names the file of the program wherever its address stands', () => {
  nameAddress(address, '$& client.ts');
  expect(readable(`Failed to load ${address} from ${address}:3:1`)).toBe('Failed to load $& client.ts from $& client.ts:3:1');
});

test('leaves addresses that the program made itself alone', () => {
  expect(readable('blob:null/of-its-own')).toBe('blob:null/of-its-own');
});

test('leaves out the lines of a stack that are in our script, in the form of each engine', () => {
  nameAddress(address, 'client.ts');
  expect(readable(`Error: no\n    at send (${script}:1:9)\n    at ${script}:1:9\n    at ${address}:2:1`, script)).not.toContain(
    script,
  );
  expect(readable(`send@${script}:1:9\n@${script}:1:9\nf@${address}:2:1`, script)).toMatch(/^f@.*:2:1$/);
  expect(readable(`see ${script}:1`, script)).toBe(`see ${script}:1`);
});
