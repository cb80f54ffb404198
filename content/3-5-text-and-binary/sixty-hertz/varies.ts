import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  engines: { payloads: 'Engines round a sine differently in its last digit.' },
} satisfies Varies;
