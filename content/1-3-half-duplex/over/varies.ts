import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  frames: 'Whether Ada has the floor already when Bo joins is a matter of milliseconds.',
} satisfies Varies;
