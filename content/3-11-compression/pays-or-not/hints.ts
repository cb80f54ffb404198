import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'DEFLATE writes what has been there before as a reference: "so many bytes from so far back". What has no repetition gains nothing and pays for the wrapping.',
  "Much of the same: `'word '.repeat(300)`. Nothing of the same: `crypto.getRandomValues(new Uint8Array(300))`, as bytes; digits or letters at random still repeat.",
  'For the third one send the same 60 bytes twice on one connection with `?compress=takeover`. Only there does the second know the first.',
] satisfies Hints;
