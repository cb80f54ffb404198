import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wrongAttempts } from './examples.ts';
import { root } from '../root.ts';

const exercises = globSync('content/**/check.ts', { cwd: root }).map((file) => dirname(file).slice('content/'.length));

describe.each(exercises)('the exercise %s', (exercise) => {
  it('has a starter, a solution and hints beside its check', () => {
    for (const file of ['client.ts', 'solution.ts', 'hints.ts'])
      expect(existsSync(join(root, 'content', exercise, file)), file).toBe(true);
  });

  it('has at least two wrong attempts, each of which states its verdict', () => {
    const attempts = wrongAttempts(exercise);
    expect(attempts.length).toBeGreaterThanOrEqual(2);
    for (const { file, verdict } of attempts) expect(verdict.join(' ').length, file).toBeGreaterThanOrEqual(15);
  });
});

it('keeps wrong attempts only beside exercises', () => {
  const strays = globSync('content/**/wrong-*.ts', { cwd: root }).filter((file) => !exercises.includes(dirname(file).slice(8)));
  expect(strays.map((file) => readFileSync(join(root, file), 'utf8').slice(0, 40))).toEqual([]);
});
