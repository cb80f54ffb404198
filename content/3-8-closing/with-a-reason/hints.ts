import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'Press Run and look at the last frames: your Close frame has an empty body, so there is nothing to tell.',
  '`close()` takes two arguments: a code, and a reason as text.',
  "`ws.close(4001, 'three ticks are enough')`. Any reason will do, up to 123 bytes of UTF-8.",
] satisfies Hints;
