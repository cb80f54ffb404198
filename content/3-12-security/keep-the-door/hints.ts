import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'Two questions: from which page does it come, and whom does it speak for? The first is `headers.origin`, and it has to be equal to ours: `https://chat.example.evil.example` begins with it, too.',
  'For the second one look the ticket up: `tickets.find((one) => one.ticket === ticket)`. It has to be there, and its `secondsLeft` has to be above 0.',
  'A ticket is good for one journey: take it out of `tickets` as soon as somebody has shown it. And both questions have to be answered with yes.',
] satisfies Hints;
