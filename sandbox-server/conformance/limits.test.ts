import { test } from 'vitest';
import { limitCases } from './cases/limits.ts';
import { expectToPass } from './testing.ts';

test('long messages, many fragments and small writes come back, or the class profile refuses them with 1008 and 1009', async () => {
  await expectToPass(limitCases);
});
