import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  frames: 'Which words meet on the air is chance: where one station is late, its word is alone there.',
} satisfies Varies;
