import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  '`bufferedAmount` sees the browser alone. Who knows how much has arrived? The sink: it answers each message with the bytes that it has had.',
  'What is on the way is `sent - arrived`. Send the next chunk only while that, with the chunk, stays at or below 262,144.',
  'Nothing has to poll: call `sendMore()` at the opening, and again in `onmessage`, for each answer makes room. `while (sent < total && sent - arrived + chunk.length <= 250_000)` …',
] satisfies Hints;
