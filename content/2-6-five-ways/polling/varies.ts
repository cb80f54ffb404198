import type { Varies } from '../../../protocol/messages/exercise.ts';

export default { frames: 'Requests go side by side: in what order, and how many, is a matter of milliseconds.' } satisfies Varies;
