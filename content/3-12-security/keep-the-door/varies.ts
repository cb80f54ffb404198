import type { Varies } from '../../../protocol/messages/exercise.ts';

export default { payloads: 'Tickets are random, and so are the keys of the handshakes that are told.' } satisfies Varies;
