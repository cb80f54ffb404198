import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'The ticker runs on while you are away. It has kept what it said; somebody only has to tell it what you heard last.',
  'An `EventSource` does that by itself when it comes back, in the header field `Last-Event-ID`. A new one cannot: it has heard nothing yet.',
  'So leave `onerror` away, and let the one EventSource come back. `&retry=300` in the address has the server tell it to wait for 0.3 s only. (Or keep the id, and put `&lastEventId=` into the address of the next one.)',
] satisfies Hints;
