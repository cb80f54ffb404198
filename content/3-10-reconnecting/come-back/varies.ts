import type { Varies } from '../../../protocol/check.ts';

export default {
  addresses: 'The room has a random name, so that two readers do not meet in it.',
  frames: 'Which number falls into which gap is chance.',
} satisfies Varies;
