import type { Varies } from '../../../protocol/messages/exercise.ts';

export default { payloads: 'The key is random, and so is what is worked out from it.' } satisfies Varies;
