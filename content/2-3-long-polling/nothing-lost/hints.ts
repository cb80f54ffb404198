import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'Two things go wrong. News that comes while no question is open is never asked for. And a cut that the browser does not mend makes `fetch` reject: the loop ends there.',
  'For the first, the server keeps what it had: ask for what came `after` something. For the second, put `try` and `catch` around one round of the loop, with a short pause in `catch`.',
  'Each answer has a `last`. Keep it in a variable, and ask `/long-poll/~news?after=${last}&cut=900`.',
] satisfies Hints;
