import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  "The refusal says what is wrong: choose the raw client's frames in the picture one after the other, and look for the first that breaks a rule.",
  'A message that has begun has to end before another may begin: `other` goes before `begin` or after `end`.',
  'A ping is a control frame, and those may stand between fragments. Where must it stand to be answered before the long message is whole?',
] satisfies Hints;
