/** What the programs of most cases are made of. */
import type { ClientOptions } from '../../client/client-options.ts';
import type { ServerOptions } from '../../server/server-options.ts';
import type { WebSocketBase } from '../../websocket.ts';
import type { WebSocketServerBase } from '../../server/websocket-server.ts';
import type { IncomingMessage } from '../../../node/http/incoming-message.ts';
import type { RawSocket, World } from './world.ts';

/** Logs every event of a WebSocket with its arguments and the state. Resolves when it has closed. */
export function watch(world: World, ws: WebSocketBase, name = 'ws'): Promise<void> {
  const { log } = world;
  const state = (): string => `[${ws.readyState}]`;
  ws.on('open', () => log(name, 'open', state(), ws.protocol, ws.extensions));
  ws.on('upgrade', (res: IncomingMessage) => log(name, 'upgrade', state(), res.statusCode));
  ws.on('message', (data: unknown, isBinary: boolean) => log(name, 'message', state(), data, isBinary));
  ws.on('ping', (data: unknown) => log(name, 'ping', state(), data));
  ws.on('pong', (data: unknown) => log(name, 'pong', state(), data));
  ws.on('error', (error: unknown) => log(name, 'error', state(), error));
  return new Promise((resolve) => {
    ws.on('close', (code: number, reason: unknown) => {
      log(name, 'close', state(), code, reason);
      resolve();
    });
  });
}

export type OnConnection = (ws: WebSocketBase, req: IncomingMessage, wss: WebSocketServerBase) => void;

/** Starts a server whose connections are watched. Resolves when so many have closed. */
export function serve(world: World, options: ServerOptions, onConnection: OnConnection, connections = 1): Promise<void> {
  const wss = new world.WebSocket.WebSocketServer({ port: world.port, ...options });
  world.ready(wss);
  let [count, closed] = [0, 0];
  return new Promise((resolve) => {
    wss.on('connection', (ws: WebSocketBase, req: IncomingMessage) => {
      const name = connections > 1 ? `ws${++count}` : 'ws';
      void watch(world, ws, name).then(() => {
        if (++closed === connections) resolve();
      });
      onConnection(ws, req, wss);
    });
  });
}

/** A server that nobody reaches: it is over at once. */
export function serveNobody(world: World, options: ServerOptions): void {
  const wss = new world.WebSocket.WebSocketServer({ port: world.port, ...options });
  world.ready(wss);
  wss.on('connection', () => world.log('connection'));
}

export const urlOf = ({ port }: World, path = '/'): string => `ws://127.0.0.1:${port}${path}`;

/** Opens a WebSocket to the server. */
export function connect(world: World, options: ClientOptions = {}, path = '/'): WebSocketBase {
  return new world.WebSocket(urlOf(world, path), options);
}

/** Opens a WebSocket, watches it, and does something with it. Resolves when it has closed. */
export function dial(world: World, act: (ws: WebSocketBase) => void, options: ClientOptions = {}, path = '/'): Promise<void> {
  const ws = connect(world, options, path);
  const closed = watch(world, ws);
  act(ws);
  return closed;
}

/** Logs what a call throws, or that it returned. */
export function attempt(world: World, what: string, act: () => unknown): void {
  try {
    act();
    world.log(what, 'returned');
  } catch (error) {
    world.log(what, 'threw', error);
  }
}

export const sampleKey = 'dGhlIHNhbXBsZSBub25jZQ==';

/** Returns the head of a request for a WebSocket, with fields changed, or left out where they are undefined. */
export function requestHead(changed: Record<string, string | undefined> = {}, startLine = 'GET / HTTP/1.1'): string {
  const fields = {
    Host: 'localhost',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': sampleKey,
    'Sec-WebSocket-Version': '13',
    ...changed,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return [startLine, ...lines, '', ''].join('\r\n');
}

/** Opens a connection by hand, and resolves once the server has answered. */
export async function openRaw(world: World): Promise<RawSocket> {
  const socket = world.raw();
  socket.write(requestHead());
  await socket.until('\r\n\r\n');
  return socket;
}

/** Returns what came after the handshake's head. */
export function afterHead(socket: RawSocket): Uint8Array {
  const received = socket.received();
  return received.subarray(received.indexOf('\r\n\r\n') + 4);
}
