import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'What was said while you were away? The room keeps it. With `?after=0` in the address each message comes as JSON, with an id: `{"id":7,"data":"number 7"}`.',
  'Remember the id of the last message that you have heard, and put it into the address of the next connection: `?after=${last}&cut=1000`.',
  'A random wait: `Math.random() * 500` for the first attempt. All of it is random: with a constant and a little noise on top, fifty clients still come back together. Double the 500 with each attempt that fails, up to ten seconds or so, and begin again at 500 once a connection is open.',
] satisfies Hints;
