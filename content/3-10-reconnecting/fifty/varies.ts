import type { Varies } from '../../../protocol/messages/exercise.ts';

export default { frames: 'The delays are random, and fifty real clients never come in the same order twice.' } satisfies Varies;
