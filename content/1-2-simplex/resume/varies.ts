import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  payloads: 'Which tick is on the air depends on when one tunes in.',
  frames: 'How many ticks come before a cut hangs on the clock.',
  number: 'And with it how often one comes back.',
} satisfies Varies;
