import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'A stream goes one way. What somebody says needs a request of its own, to `/messages/~table`.',
  "`say` may do it: `fetch('/messages/~table', { method: 'POST', body: name + ': ' + line })`.",
  'Then let each answer when it hears the other one: in `onmessage`, where `data` does not begin with the own name, say the next line. Where none is left, say nothing.',
] satisfies Hints;
