/** What a case's program runs in: the same on Node, with the real library, and in the page, with ours. */
import type { Buffer } from '../../../node/buffer.ts';
import type { on, once } from '../../../node/events.ts';
import type { HttpModule } from '../../../node/http/http.ts';
import type { Server } from '../../../node/http/server.ts';
import type { WsModule } from '../../create-ws.ts';
import type { WebSocketServerBase } from '../../server/websocket-server.ts';

/** A TCP connection by hand. */
export interface RawSocket {
  write: (data: string | Uint8Array) => void;
  end: () => void;
  /** All that came so far. */
  received: () => Buffer;
  /** Resolves when what came contains this text, or the connection has closed. */
  until: (text: string) => Promise<void>;
  closed: Promise<void>;
}

export interface World {
  WebSocket: WsModule;
  Buffer: typeof Buffer;
  events: { on: typeof on; once: typeof once };
  http: Pick<HttpModule, 'createServer'>;
  /** What a server listens on; what a client connects to. */
  port: number;
  /** Writes a line of the transcript. */
  log: (...words: unknown[]) => void;
  /** Says that the server listens, or will: clients start then. */
  ready: (server: WebSocketServerBase | Server) => void;
  after: (ms: number, callback: () => void) => void;
  raw: () => RawSocket;
}

/** A program of a case. It is over when its promise resolves. */
export type CaseProgram = (world: World) => void | Promise<void>;

export interface WsCase {
  name: string;
  server: CaseProgram;
  client?: CaseProgram;
  other?: CaseProgram;
  /** Why the library in the page differs here on purpose. */
  differs?: string;
}

/** What the programs of a case saw, line by line, and what nobody caught. */
export type Transcript = Record<'server' | 'client' | 'other' | 'uncaught', string[]>;

export const emptyTranscript = (): Transcript => ({ server: [], client: [], other: [], uncaught: [] });
