/** A door and its visitors: handshakes over the loopback network, as the live server has them over its machine's. */
import type { DoorListener, Knock, OpenDoor } from '../../../sandbox-server/endpoints/door.ts';
import type { Visitor } from '../../../sandbox-server/endpoints/door-visitors.ts';
import type { Cancel, Timers } from '../../../sandbox-server/endpoints/endpoint.ts';
import type { IncomingMessage } from '../../node/http/incoming-message.ts';
import type { NodeParts } from '../../node/node-parts.ts';
import { LoopbackClient } from './loopback-client.ts';
import { createLoopbackNetwork } from './loopback-network.ts';
import { LoopbackServer } from './loopback-server.ts';

/** How long after one visitor the next one comes, and how long each waits for an answer, in ms. */
const visits = { every: 150, patience: 5000 };

/** Returns a function that opens doors with these timers, each on a loopback network of its own. */
export const doorVisitors =
  (timers: Timers, parts: NodeParts): OpenDoor =>
  (visitors, listener) =>
    openDoor(visitors, listener, timers, { ...parts, network: createLoopbackNetwork() });

function openDoor(visitors: readonly Visitor[], listener: DoorListener, timers: Timers, parts: NodeParts): Cancel {
  let index = 0;
  let isClosed = false;
  let cancelNext: Cancel = () => undefined;
  let cancelWait: Cancel = () => undefined;
  let client: LoopbackClient | undefined;

  const server = new LoopbackServer(parts, {
    verify: (request, answer) => listener.knocked(index, knockOf(request), (allow) => answer(allow ? 101 : 403)),
    listening: (port) => next(port),
  });
  const next = (port: number): void => {
    const visitor = visitors[index];
    if (visitor) cancelNext = timers.after(visits.every, () => come(port, visitor));
    else listener.ended();
  };
  const come = (port: number, { path, headers }: Visitor): void => {
    let status = 0;
    const visiting = new LoopbackClient(parts, {
      port,
      path,
      headers,
      answered: (answer) => {
        status = answer;
        visiting.terminate();
      },
      closed: () => {
        cancelWait();
        // If the visitor lost its patience, its handshake still waits.
        server.endConnections();
        if (isClosed) return;
        listener.answered(index++, status);
        next(port);
      },
    });
    client = visiting;
    cancelWait = timers.after(visits.patience, () => visiting.terminate());
  };
  return () => {
    isClosed = true;
    cancelNext();
    cancelWait();
    client?.terminate();
    server.close();
  };
}

const knockOf = ({ method = '', url, headers }: IncomingMessage): Knock => ({
  request: `${method} ${url} HTTP/1.1`,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
});
