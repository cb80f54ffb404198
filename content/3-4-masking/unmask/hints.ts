import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'In a short client frame bytes 0 and 1 are the header, 2 to 5 the key, and the payload begins at byte 6.',
  'Masking and unmasking are the same step: each byte of the payload XOR one byte of the key. In JavaScript that is `^`.',
  'The key has four bytes and begins again after the fourth: byte `i` of the payload goes with byte `i % 4` of the key. `payload.map((byte, i) => …)` has both at hand.',
] satisfies Hints;
