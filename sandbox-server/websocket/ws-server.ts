import type { IncomingMessage } from 'node:http';
import type { Duplex, Writable } from 'node:stream';
import { type Server, WebSocket, WebSocketServer } from 'ws';
import { refuseUpgrade } from '../http/responses.ts';
import { agreeOnDeflate } from '../extensions/deflate-agreement.ts';
import { parseExtensions } from '../extensions/extension-list.ts';
import { tooLong, tooManyFragments, type Violation } from '../limits/violation.ts';
import type { Compression } from './behaviour.ts';
import { orNone, type Options } from '../options.ts';
import { Refusal } from '../refusal.ts';

/**
 * Short messages are compressed too, so that a lesson can show when compression does not pay. `maxPayload` bounds a message
 * while it is being inflated: a zip bomb ends with 1009 after that many bytes.
 */
const both = { threshold: 0, concurrencyLimit: 4 };

/** The answer that `deflate-agreement.ts` makes settles the windows and whether they are taken over. */
const deflate = {
  none: false,
  each: { ...both, zlibDeflateOptions: { memLevel: 7 } },
  takeover: { ...both, zlibDeflateOptions: { memLevel: 5 } },
} as const;

/** The kind of connections that a `ws` server makes. */
export interface Kind {
  /** How long the closing handshake may take before the connection is cut, in ms. */
  closeTimeout: number;
  /** How far it agrees to permessage-deflate if the client offers it. */
  compress: Compression;
}

/** Answers opening handshakes for one kind of connection. */
export class HandshakeAnswerer {
  readonly #server: Server<typeof OrderedWebSocket>;
  readonly #compress: Compression;

  constructor(options: Options, { closeTimeout, compress }: Kind) {
    const settings = {
      noServer: true,
      clientTracking: false,
      // We answer pings where we count them: `ws` cuts off a client that sends more than ten in one piece.
      autoPong: false,
      perMessageDeflate: deflate[compress],
      maxPayload: orNone(options.maxMessageBytes),
      maxFragments: orNone(options.maxFragments),
      closeTimeout,
      WebSocket: explaining(options),
    };
    this.#compress = compress;
    this.#server = new WebSocketServer(settings);
    // By now `opening-handshake.ts` has refused everything that this version of `ws` refuses.
    this.#server.on('wsClientError', ({ message }: Error, socket: Duplex) =>
      refuseUpgrade(socket, new Refusal(400, `${message}.`)),
    );
  }

  /** Answers a request that `checkOpeningHandshake` has let through. */
  answer(request: IncomingMessage, socket: Duplex, head: Buffer, opened: (webSocket: OrderedWebSocket) => void): void {
    if (this.#compress !== 'none') agree(request, this.#compress);
    this.#server.handleUpgrade(request, socket, head, opened);
  }
}

/**
 * Replaces the client's offers with our answer: `ws` refuses the whole handshake for an offer that it cannot take, but takes
 * this one just as it is.
 */
function agree({ headers }: IncomingMessage, compress: Compression): void {
  const agreed = agreeOnDeflate(parseExtensions(headers['sec-websocket-extensions'] ?? '') ?? [], compress);
  if (agreed === undefined) delete headers['sec-websocket-extensions'];
  else headers['sec-websocket-extensions'] = agreed;
}

/** A WebSocket that lets others write their frames before it writes a control frame. */
export class OrderedWebSocket extends WebSocket {
  beforeControlFrame: (() => void) | undefined;
  /** The code of the Close that we sent; 1005 for a Close without one. */
  sentCode: number | undefined;
  /** The option that made the server fail or close the connection. */
  limit: string | undefined;
  /** Called for each ping that the server sends. */
  pingSent: (() => void) | undefined;

  override close(code?: number, reason?: string | Buffer): void {
    this.beforeControlFrame?.();
    if (this.readyState === WebSocket.OPEN) this.sentCode = code ?? 1005;
    super.close(code, reason);
  }

  /** Closes the connection, and notes the option that caused it, if any. */
  closeFor(limit: string | undefined, code: number, reason: string): void {
    if (this.readyState === WebSocket.OPEN) this.limit = limit;
    this.close(code, reason);
  }

  /**
   * Fails the connection (RFC 6455 §7.1.7): the Close says why, nobody reads what the client sends from now on, and the stream
   * ends behind the Close. `ws` does the same for a fault that it finds itself; we tell its receiver of this one, so that both
   * take one path.
   */
  fail({ code, reason, limit }: Violation): void {
    this.closeFor(limit, code, reason);
    const { _receiver: receiver } = this as unknown as { _receiver: Writable & { _loop: boolean } };
    receiver.destroy(new Error(reason));
    // Otherwise it would work through the rest of its input, some hundred frames of a flood.
    receiver._loop = false;
  }

  override ping(...parameters: unknown[]): void {
    this.beforeControlFrame?.();
    this.pingSent?.();
    (super.ping as (...parameters: unknown[]) => void)(...parameters);
  }

  override pong(...parameters: unknown[]): void {
    this.beforeControlFrame?.();
    (super.pong as (...parameters: unknown[]) => void)(...parameters);
  }
}

/** Returns a WebSocket class that adds a sentence to the bare code with which `ws` closes when a client breaks a rule. */
function explaining({ maxMessageBytes, maxFragments }: Options): typeof OrderedWebSocket {
  const reasons: Record<number, string> = {
    1002: 'A frame broke a rule of RFC 6455.',
    1007: 'Text has to be valid UTF-8 (RFC 6455, section 8.1).',
  };
  const violations: Record<number, Violation> = { 1008: tooManyFragments(maxFragments), 1009: tooLong(maxMessageBytes) };
  return class ExplainingWebSocket extends OrderedWebSocket {
    override close(code?: number, reason?: string | Buffer): void {
      if (reason !== undefined || code === undefined) {
        super.close(code, reason);
        return;
      }
      if (this.readyState === WebSocket.OPEN) this.limit = violations[code]?.limit;
      super.close(code, violations[code]?.reason ?? reasons[code]);
    }
  };
}
