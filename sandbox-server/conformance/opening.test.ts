import { test } from 'vitest';
import { openingCases } from './cases/opening.ts';
import { expectToPass } from './testing.ts';

test('the opening handshake is taken and refused as RFC 6455 §4 says', async () => {
  await expectToPass(openingCases);
});
