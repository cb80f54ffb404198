import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'The two that are missing are 0, CONNECTING, and 2, CLOSING. Neither has an event of its own: each begins with a call of yours.',
  '`new WebSocket()` returns while the state is 0. What stands in the very next line still sees it.',
  '`close()` does not wait for the server either: call `report(ws.readyState)` in the line after it, before `onclose` comes.',
] satisfies Hints;
