/** A door and its visitors: real handshakes over real sockets on the loopback interface. The listener decides on each. */
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { DoorListener, Knock, OpenDoor } from '../endpoints/door.ts';
import type { Visitor } from '../endpoints/door-visitors.ts';
import type { Cancel, Timers } from '../endpoints/endpoint.ts';
import { isOutOfDescriptors, noDescriptorLeft } from '../fault-boundary.ts';
import { type LoopbackMeans, LoopbackServer, sentenceOf } from './loopback-server.ts';

/** How long after one visitor the next one comes, and how long each waits for an answer, in ms. */
const visits = { every: 150, patience: 5000 };
/** How many a door takes: one for its listening socket, and two for both ends of its visitor's connection. */
const descriptorsOfADoor = 3;

/** Returns a function that opens doors with these timers. */
export const doorVisitors =
  (timers: Timers, means: LoopbackMeans): OpenDoor =>
  (visitors, listener) =>
    openDoor(visitors, listener, timers, means);

function openDoor(
  visitors: readonly Visitor[],
  listener: DoorListener,
  timers: Timers,
  { descriptors, faults }: LoopbackMeans,
): Cancel {
  const release = descriptors.take(descriptorsOfADoor);
  if (!release) {
    listener.failed(noDescriptorLeft().message);
    return () => undefined;
  }
  let index = 0;
  let isClosed = false;
  let cancel: Cancel = () => undefined;
  let client: WebSocket | undefined;

  const fail = (error: unknown): void => listener.failed(sentenceOf(error));
  const server = new LoopbackServer({
    verify: (request, answer) => {
      const visitor = index;
      listener.knocked(visitor, knockOf(request), (allow) => answer(allow, 403));
    },
    listening: (port) => next(port),
    failed: (sentence) => listener.failed(sentence),
    faults,
  });

  const send = ({ path, headers }: Visitor, port: number): void => {
    let status = 0;
    const visiting = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
      perMessageDeflate: false,
      handshakeTimeout: visits.patience,
      headers,
    });
    client = visiting;
    faults.enclose(visiting);
    visiting.once('open', () => {
      status = 101;
      visiting.terminate();
    });
    visiting.once('unexpected-response', (_, response) => {
      status = response.statusCode ?? 0;
      visiting.terminate();
    });
    // `close` follows.
    visiting.on('error', (error) => {
      if (isOutOfDescriptors(error)) fail(error);
    });
    visiting.once('close', () => {
      // If the visitor lost its patience, its handshake still waits.
      server.endConnections();
      if (isClosed) return;
      faults.run(() => listener.answered(index++, status), fail);
      faults.run(() => next(port), fail);
    });
  };
  const next = (port: number): void => {
    const visitor = visitors[index];
    if (visitor) cancel = timers.after(visits.every, () => faults.run(() => send(visitor, port), fail));
    else listener.ended();
  };

  return () => {
    isClosed = true;
    cancel();
    client?.terminate();
    server.close();
    release();
  };
}

const knockOf = ({ method = '', url = '', headers }: IncomingMessage): Knock => ({
  request: `${method} ${url} HTTP/1.1`,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
});
