import type { Varies } from '../../../protocol/messages/exercise.ts';

export default { payloads: 'Which tick is on the air depends on when one tunes in.' } satisfies Varies;
