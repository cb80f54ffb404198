import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  number: 'A client that is late with its close() hears another tick.',
} satisfies Varies;
