import { expect, test } from 'vitest';
import { budgetLimits, FormatBudget } from './format-budget.ts';

test('is spent by what takes time, and fills up with the time that passes', () => {
  let time = 0;
  const budget = new FormatBudget(() => time);
  const spend = (ms: number): number | undefined => budget.spendOn(() => (time += ms));
  const free = 1000;
  for (let i = 0; i < free; i++) expect(spend(0)).toBe(0);
  expect(spend(budgetLimits.atOnce / 2)).toBeDefined();
  expect(spend(budgetLimits.atOnce)).toBeDefined();
  expect(spend(0)).toBeUndefined();
  time += budgetLimits.atOnce / budgetLimits.share;
  expect(spend(0)).toBeDefined();
});

test('a loop that does nothing else is held to its share', () => {
  let time = 0;
  let inVain = 0;
  const budget = new FormatBudget(() => time);
  while (time < 100_000) {
    budget.spendOn(() => {
      inVain += 4;
      time += 4;
    });
    time += 1;
  }
  expect(inVain).toBeLessThan(100_000 * budgetLimits.share + 2 * budgetLimits.atOnce);
});
