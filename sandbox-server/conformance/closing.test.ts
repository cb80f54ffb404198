import { test } from 'vitest';
import { closingCases } from './cases/closing.ts';
import { expectToPass } from './testing.ts';

test('the closing handshake follows RFC 6455 §5.5.1 and §7, and has only lawful codes', async () => {
  await expectToPass(closingCases);
});
