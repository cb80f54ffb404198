import { test } from 'vitest';
import { closingCases } from './cases/closing.ts';
import { expectToPass } from './testing.ts';

test('the closing handshake goes as RFC 6455 §5.5.1 and §7 say, with lawful codes alone', async () => {
  await expectToPass(closingCases);
});
