/** Node's module `http`, as far as servers use it. A client of plain HTTP is not there yet. */
import type { NodeParts } from '../node-parts.ts';
import { IncomingMessage } from './incoming-message.ts';
import { type RequestListener, Server } from './server.ts';
import { ServerResponse } from './server-response.ts';
import { STATUS_CODES } from './status-codes.ts';

/** What `require('http')` gives in the page. */
export interface HttpModule {
  createServer: (options?: RequestListener | object, onRequest?: RequestListener) => Server;
  Server: typeof Server;
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse;
  STATUS_CODES: typeof STATUS_CODES;
  request: () => never;
  get: () => never;
}

const refuse = (name: string) => (): never => {
  throw new Error(`http.${name} is not there in the page. http.createServer is, and clients can use fetch or a WebSocket.`);
};

export function createHttp(parts: NodeParts): HttpModule {
  return {
    // Options are about limits that a run does not need.
    createServer: (options, onRequest) =>
      new Server(parts, typeof options === 'function' ? (options as RequestListener) : onRequest),
    Server,
    IncomingMessage,
    ServerResponse,
    STATUS_CODES,
    request: refuse('request'),
    get: refuse('get'),
  };
}
