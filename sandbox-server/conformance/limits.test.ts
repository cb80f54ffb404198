import { test } from 'vitest';
import { limitCases } from './cases/limits.ts';
import { expectToPass } from './testing.ts';

test('long messages, many fragments and small writes come back, or are refused with 1008 and 1009 in the class profile', async () => {
  await expectToPass(limitCases);
});
