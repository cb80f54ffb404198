import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'Add up what one update costs each way. By polling: two requests with their answers. By WebSocket: two frames, about 30 bytes. So the frames are not what makes a WebSocket dear.',
  'An idle WebSocket is not free: the opening handshake once, and a ping and a pong every 100 ms. Together they come to some 2,000 bytes in 17 seconds, updates or not.',
  'Polling costs nothing while nobody asks. Make the updates rarer until polling for them costs less than keeping the connection: `every` is the only number to change.',
] satisfies Hints;
