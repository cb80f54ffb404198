import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  frames: 'What a poll brings, and so what the next one asks for, depends on which of two timers fires first.',
} satisfies Varies;
