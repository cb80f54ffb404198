import { type Server, WebSocket, WebSocketServer } from 'ws';
import { tooLong, tooManyFragments } from './limits/violation.ts';
import { orNone, type Options } from './options.ts';

/** The `ws` server for one kind of connection. `closeTimeout`: how long the client may take to answer a Close frame, ms. */
export function createWebSocketServer(options: Options, closeTimeout: number): Server<typeof OrderedWebSocket> {
  const settings = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: orNone(options.maxMessageBytes),
    maxFragments: orNone(options.maxFragments),
    closeTimeout,
    WebSocket: explaining(options),
  };
  return new WebSocketServer(settings);
}

/** A WebSocket that lets others write their frames before it writes a control frame. */
export class OrderedWebSocket extends WebSocket {
  beforeControlFrame: (() => void) | undefined;

  override close(code?: number, reason?: string | Buffer): void {
    this.beforeControlFrame?.();
    super.close(code, reason);
  }

  override ping(...parameters: unknown[]): void {
    this.beforeControlFrame?.();
    (super.ping as (...parameters: unknown[]) => void)(...parameters);
  }

  // `ws` answers pings by this method too.
  override pong(...parameters: unknown[]): void {
    this.beforeControlFrame?.();
    (super.pong as (...parameters: unknown[]) => void)(...parameters);
  }
}

/** `ws` closes with a bare code where a client breaks a rule; here a sentence goes with it. */
function explaining({ maxMessageBytes, maxFragments }: Options): typeof OrderedWebSocket {
  const reasons: Record<number, string> = {
    1002: 'A frame broke a rule of RFC 6455.',
    1007: 'Text has to be valid UTF-8 (RFC 6455, section 8.1).',
    1008: tooManyFragments(maxFragments).reason,
    1009: tooLong(maxMessageBytes).reason,
  };
  return class ExplainingWebSocket extends OrderedWebSocket {
    override close(code?: number, reason?: string | Buffer): void {
      super.close(code, reason ?? (code === undefined ? undefined : reasons[code]));
    }
  };
}
