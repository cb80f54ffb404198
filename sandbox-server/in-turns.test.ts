import { expect, test } from 'vitest';
import { InTurns } from './in-turns.ts';

test('starts a given number at a time, in order, and the next when one is done, even if it says so twice or at once', () => {
  const turns = new InTurns(2);
  const started: string[] = [];
  const over = new Map<string, () => void>();
  const add = (name: string): void =>
    turns.add((done) => {
      started.push(name);
      over.set(name, done);
    });
  for (const name of ['a', 'b', 'c', 'd', 'e']) add(name);
  expect(started).toEqual(['a', 'b']);
  over.get('b')?.();
  over.get('b')?.();
  expect(started).toEqual(['a', 'b', 'c']);
  turns.add((done) => {
    started.push('at once');
    done();
  });
  over.get('a')?.();
  over.get('c')?.();
  expect(started).toEqual(['a', 'b', 'c', 'd', 'e']);
  over.get('e')?.();
  expect(started.at(-1)).toBe('at once');
  add('f');
  expect(started.at(-1)).toBe('f');
});
