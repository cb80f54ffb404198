/** The `ws` library for programs in the page. */
import type { NodeParts } from '../node/node-parts.ts';
import type { ClientOptions } from './client/client-options.ts';
import type { ServerOptions } from './server/server-options.ts';
import { WebSocketServerBase } from './server/websocket-server.ts';
import { parse } from './subprotocol.ts';
import { WebSocketBase } from './websocket.ts';

/** The class `WebSocket`, and on it everything else: what `require('ws')` gives. */
export interface WsModule {
  new (
    address: string | URL | null,
    protocols?: string | readonly string[] | ClientOptions,
    options?: ClientOptions,
  ): WebSocketBase;
  readonly prototype: WebSocketBase;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSING: 2;
  readonly CLOSED: 3;
  readonly WebSocket: WsModule;
  readonly WebSocketServer: WsServerClass;
  readonly Server: WsServerClass;
  readonly subprotocol: { parse: (header: string) => Set<string> };
  /** Throws: it is not there in the page. */
  readonly createWebSocketStream: (websocket?: unknown, options?: unknown) => never;
}

/** The class `WebSocketServer`. */
export interface WsServerClass {
  new (options?: ServerOptions, onListening?: () => void): WebSocketServerBase;
  readonly prototype: WebSocketServerBase;
}

function createWebSocketStream(): never {
  throw new Error('createWebSocketStream is not there in the page: it needs Node’s streams. Use send() and the event "message".');
}

/**
 * Returns what `require('ws')` gives: the class `WebSocket`, with `WebSocketServer` and the rest as its properties. The default
 * import is the same object, and the named ones are its properties.
 *
 * No extension is ever negotiated: `perMessageDeflate` is taken with any value, and nothing is compressed.
 */
export function createWs(parts: NodeParts): WsModule {
  class WebSocket extends WebSocketBase {
    constructor(address: string | URL | null, protocols?: unknown, options?: ClientOptions | ServerOptions) {
      super(parts, address, protocols, options as ClientOptions);
    }
  }
  class WebSocketServer extends WebSocketServerBase {
    constructor(options?: ServerOptions, onListening?: () => void) {
      super(parts, WebSocket, options, onListening);
    }
  }
  const statics = { WebSocket, WebSocketServer, Server: WebSocketServer, subprotocol: { parse }, createWebSocketStream };
  return Object.assign(WebSocket, statics) as unknown as WsModule;
}
