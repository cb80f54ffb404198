import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  payloads: 'Which tick is on the air depends on when one tunes in.',
  engines: { frames: 'Firefox sends a stream as the words "[object ReadableStream]", and WebKit refuses it.' },
} satisfies Varies;
