import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'The mode of a link is in its address: `?duplex=simplex`, `half` or `full`. `talk` takes it as its first argument, and may be called three times.',
  'A message is on this link for 120 ms. Where both ends speak every 900 ms, that is all the time there is to meet in.',
  'The second argument is the time between two of your messages; the `every=900` in the address is that of the server. Make both about as long as the latency, for all three links.',
] satisfies Hints;
