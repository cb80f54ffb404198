import { test } from 'vitest';
import { messageCases } from './cases/messages.ts';
import { expectToPass } from './testing.ts';

test('messages of every length, pings, reserved bits and opcodes are treated as RFC 6455 §5 says', async () => {
  await expectToPass(messageCases);
});
