import type { Varies } from '../../../protocol/check.ts';

export default {
  ways: 'How much of 2.5 MB the browser hands to the system at once, and so when a frame leaves it, differs from run to run.',
} satisfies Varies;
