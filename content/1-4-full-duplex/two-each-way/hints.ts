import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'What decides when the next word leaves? At present it is `onmessage`: one word, one round trip.',
  'A timer waits for nobody: `setInterval` in `onopen` sends a word each time, whatever has come back.',
  'A frame is on the way for 500 ms. For two of yours to be there together they must leave less than 500 ms apart, and the echoes will follow at the same pace. Count the echoes to know when to close.',
] satisfies Hints;
