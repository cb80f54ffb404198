import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  engines: { compression: 'Firefox leaves short messages and noise as they are, and no two engines compress alike.' },
} satisfies Varies;
