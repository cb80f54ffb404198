import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'News comes at any moment between two polls, so on average it waits for half the interval, and then for the way.',
  'With an `interval` of 200 ms it is 100 ms and a little. Why not 50? Because somebody pays for it: run it, and look at the number of requests.',
  'For the bytes choose a poll that brought nothing, in the picture or in the table: take the bytes of its request and of its response, and add them.',
] satisfies Hints;
