import { test } from 'vitest';
import { fragmentCases } from './cases/fragments.ts';
import { expectToPass } from './testing.ts';

test('fragments and what stands between them are treated as RFC 6455 §5.4 says', async () => {
  await expectToPass(fragmentCases);
});
