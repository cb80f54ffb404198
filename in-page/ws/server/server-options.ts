import type { IncomingMessage } from '../../node/http/incoming-message.ts';
import type { Server } from '../../node/http/server.ts';
import { type EndOptions, endDefaults } from '../constants.ts';
import type { WebSocketBase } from '../websocket.ts';

/** What `verifyClient` is asked about. */
export interface ClientInfo {
  origin: string | undefined;
  secure: boolean;
  req: IncomingMessage;
}

/** Answers for a `verifyClient` that takes its time. */
export type Verified = (
  isVerified: boolean,
  code?: number,
  message?: string,
  headers?: Readonly<Record<string, string | number>>,
) => void;

/** Makes the server's side of a connection. */
export type WebSocketClass = new (address: null, protocols: undefined, options: ServerOptions) => WebSocketBase;

/** Options of a server, as the library names them. */
export interface ServerOptions extends Partial<EndOptions> {
  port?: number | null;
  host?: string | null;
  path?: string | null;
  server?: Server | null;
  noServer?: boolean;
  /** Taken; connections never queue here. */
  backlog?: number | null;
  clientTracking?: boolean;
  handleProtocols?: ((protocols: Set<string>, req: IncomingMessage) => string | false | undefined) | null;
  verifyClient?: ((info: ClientInfo) => boolean) | ((info: ClientInfo, verified: Verified) => void) | null;
  /** Taken, but nothing is compressed, and no extension is agreed to. */
  perMessageDeflate?: boolean | object | undefined;
  WebSocket?: WebSocketClass;
}

export const serverDefaults = {
  ...endDefaults,
  perMessageDeflate: false,
  handleProtocols: null,
  clientTracking: true,
  verifyClient: null,
  noServer: false,
  backlog: null,
  server: null,
  host: null,
  path: null,
  port: null,
};

export type ServerSettings = ServerOptions & EndOptions;

/** Throws where a server has not exactly one way to get its connections. */
export function checkMode({ port, server, noServer }: ServerOptions): void {
  const ways = [port != null, Boolean(server), Boolean(noServer)].filter(Boolean).length;
  if (ways === 1) return;
  throw new TypeError('One and only one of the "port", "server", or "noServer" options must be specified');
}
