import { test } from 'vitest';
import { textCases } from './cases/text.ts';
import { expectToPass } from './testing.ts';

test('text that is not UTF-8 fails the connection by the end of its frame, and all other text comes back', async () => {
  await expectToPass(textCases);
});
