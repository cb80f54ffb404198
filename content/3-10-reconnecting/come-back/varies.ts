import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  frames: 'Which number falls into which gap is chance.',
  number: 'A listener that is late with its coming back is cut off less often.',
} satisfies Varies;
