import { test } from 'vitest';
import { openingCases } from './cases/opening.ts';
import { expectToPass } from './testing.ts';

test('the server accepts and refuses opening handshakes as RFC 6455 §4 says', async () => {
  await expectToPass(openingCases);
});
