import type { Varies } from '../../../protocol/check.ts';

export default {
  frames: 'Which number falls into which gap is chance.',
} satisfies Varies;
