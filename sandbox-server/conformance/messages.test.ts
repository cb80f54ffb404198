import { test } from 'vitest';
import { messageCases } from './cases/messages.ts';
import { expectToPass } from './testing.ts';

test('the server treats messages of every length, pings, reserved bits and opcodes as RFC 6455 §5 says', async () => {
  await expectToPass(messageCases);
});
