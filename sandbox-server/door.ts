/** A door and its visitors: real handshakes over real sockets on the loopback interface, decided by whoever listens. */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { DoorListener, Knock, OpenDoor } from './endpoints/door.ts';
import type { Visitor } from './endpoints/door-visitors.ts';
import type { Cancel, Timers } from './endpoints/endpoint.ts';

/** How long after one visitor the next one comes, and how long one waits for an answer, ms. */
const visits = { every: 150, patience: 5000 };

/** Opens doors by these timers. */
export const doors =
  (timers: Timers): OpenDoor =>
  (visitors, listener) =>
    openDoor(visitors, listener, timers);

function openDoor(visitors: readonly Visitor[], listener: DoorListener, timers: Timers): Cancel {
  let index = 0;
  let cancel: Cancel = () => undefined;
  let client: WebSocket | undefined;
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    perMessageDeflate: false,
    verifyClient({ req }: { req: IncomingMessage }, answer: (allow: boolean, status?: number) => void) {
      listener.knocked(index, knockOf(req), (allow) => answer(allow, 403));
    },
  });

  const send = (visitor: Visitor): void => {
    const { port } = server.address() as AddressInfo;
    const { path, headers } = visitor;
    let status = 0;
    client = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
      perMessageDeflate: false,
      handshakeTimeout: visits.patience,
      headers,
    });
    client.once('open', () => {
      status = 101;
      client?.terminate();
    });
    client.once('unexpected-response', (_, response) => {
      status = response.statusCode ?? 0;
      client?.terminate();
    });
    // `close` follows.
    client.on('error', () => undefined);
    client.once('close', () => {
      listener.answered(index++, status);
      next();
    });
  };
  const next = (): void => {
    const visitor = visitors[index];
    if (visitor) cancel = timers.after(visits.every, () => send(visitor));
    else listener.ended();
  };

  server.once('listening', next);
  return () => {
    cancel();
    client?.removeAllListeners('close');
    client?.terminate();
    for (const one of server.clients) one.terminate();
    server.close();
  };
}

const knockOf = ({ method = '', url = '', headers }: IncomingMessage): Knock => ({
  request: `${method} ${url} HTTP/1.1`,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
});
