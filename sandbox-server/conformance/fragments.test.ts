import { test } from 'vitest';
import { fragmentCases } from './cases/fragments.ts';
import { expectToPass } from './testing.ts';

test('the server treats fragments, and frames between them, as RFC 6455 §5.4 says', async () => {
  await expectToPass(fragmentCases);
});
