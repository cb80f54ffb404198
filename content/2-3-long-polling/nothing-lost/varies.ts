import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  frames: 'How often a browser repeats a request that was cut off is its own affair.',
} satisfies Varies;
