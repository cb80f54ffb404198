import type { Varies } from '../../../protocol/messages/exercise.ts';

export default {
  frames: 'How many pings fit into ten seconds, and which request goes first, is a matter of milliseconds.',
} satisfies Varies;
