import { test } from 'vitest';
import { compressedMessageCases, offerCases } from './cases/compression.ts';
import { expectToPass } from './testing.ts';

test('compressed messages with every kind of data, length and fragment size come back, as RFC 7692 §7.2 says', async () => {
  await expectToPass(compressedMessageCases);
});

test('the server accepts, honours and declines offers of compression as RFC 7692 §7.1 says', async () => {
  await expectToPass(offerCases);
});
