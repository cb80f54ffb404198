import { describe, expect, test } from 'vitest';
import { runInPage } from './cases/running/run-in-page.ts';
import { runOnNode } from './cases/running/run-on-node.ts';
import { agreement, suites } from './cases/suite/all-cases.ts';

describe.each(Object.entries(suites))('the library in the page is like the real one: %s', (_suite, cases) => {
  test.each(cases)('$name', async (one) => {
    const real = await runOnNode(one);
    const inPage = await runInPage(one);
    expect(Object.values(real).flat()).not.toEqual([]);
    expect(real.uncaught).not.toContain('timed out');
    if (one.differs === undefined) expect(inPage).toEqual(real);
    else expect(inPage).not.toEqual(real);
  });
});

test('the cases are many, have names of their own, and say why they differ', () => {
  const names = Object.values(suites).flatMap((cases) => cases.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  const { agree, differ, differences } = agreement();
  expect(agree).toBeGreaterThanOrEqual(120);
  expect(agree + differ).toBe(names.length);
  for (const { why } of differences) expect(why).toMatch(/\w.{20,}\.$/);
});
