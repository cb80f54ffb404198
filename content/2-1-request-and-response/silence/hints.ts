import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'The proof is a stretch of time: the server has something to say, no request of yours is open, and no byte comes.',
  '`await` on the `POST` ends when its answer is there. From then on no request is open, until you send the next.',
  'The program has a `pause` already. Two seconds of it belong between the `POST` and the `GET`, not after them.',
] satisfies Hints;
