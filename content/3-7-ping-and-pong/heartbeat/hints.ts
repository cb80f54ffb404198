import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'What can your program see of a peer? Neither its pings nor its pongs: messages alone. So send one that has to be answered, on both connections, every second or so.',
  'Keep the time of the last message: `heardAt = performance.now()` in `onmessage`, and once in `onopen`, to begin with.',
  'In the same timer: `if (performance.now() - heardAt > 2000) ws.close(4000)`, else `ws.send(…)`. Silence counts only because you have asked.',
] satisfies Hints;
