import type { Varies } from '../../../protocol/check.ts';

export default { addresses: 'The channel has a random name, so that two readers do not meet on it.' } satisfies Varies;
