import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  frames: 'Whether an item finds a question at the server is a matter of some 40 ms.',
} satisfies Varies;
