import { test } from 'vitest';
import { compressedMessageCases, offerCases } from './cases/compression.ts';
import { expectToPass } from './testing.ts';

test('compressed messages of every kind of data, length and fragment come back, as RFC 7692 §7.2 says', async () => {
  await expectToPass(compressedMessageCases);
});

test('offers of compression are taken, kept to and declined as RFC 7692 §7.1 says', async () => {
  await expectToPass(offerCases);
});
