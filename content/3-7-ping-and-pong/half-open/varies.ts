import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  number: 'How many questions and pings go out before the line falls silent hangs on the clock.',
} satisfies Varies;
