/**
 * Wraps the browser's own WebSocket in a Proxy that does only two things: it maps the address to the sandbox and notes when
 * things happen. A Proxy, not a subclass, so that prototype, constants, name, errors and `instanceof` stay native.
 */
import { cut, messageLimits } from '../../message-limits.ts';
import { mapAddress } from './address.ts';
import { epochNow } from '../clock.ts';
import { sizeOf } from '../output/message-size.ts';
import { apply, attribute, construct, dataOf, listenTrusted, OwnWeakMap, seenThrough } from '../natives.ts';
import type { Observer } from './observer.ts';

/** What we know of one WebSocket object. */
interface Observed {
  connection: string;
  sent: number;
  received: number;
  /** `bufferedAmount` as last reported; undefined while nobody polls it. */
  buffered: number | undefined;
}

/** How often to look at a buffer that is not empty, ms. */
const readBufferEvery = 10;

/** Replaces the native WebSocket of `scope` with the observed one. */
export function observeWebSocket(scope: { WebSocket: typeof WebSocket }, observer: Observer): void {
  const Native = scope.WebSocket;
  const { prototype } = Native;
  const { OPEN, CLOSING } = Native;
  const bufferedAmountOf = attribute(prototype, 'bufferedAmount');
  const readyStateOf = attribute(prototype, 'readyState');
  const codeOf = attribute(CloseEvent.prototype, 'code');
  const reasonOf = attribute(CloseEvent.prototype, 'reason');
  const wasCleanOf = attribute(CloseEvent.prototype, 'wasClean');
  const observed = new OwnWeakMap<WebSocket, Observed>();
  const later = setTimeout.bind(globalThis);

  const observe = (ws: WebSocket, at: Observed): void => {
    const { connection } = at;
    const release = observer.hold();
    listenTrusted(ws, 'open', () => observer.onEvent({ time: epochNow(), at: 'client', connection, name: 'connection_opened' }));
    listenTrusted(ws, 'message', (event: MessageEvent) => {
      const time = epochNow();
      const size = sizeOf(dataOf(event));
      observer.onEvent({ time, at: 'client', connection, name: 'message_received', message: at.received++, ...size });
    });
    listenTrusted(ws, 'close', (event: CloseEvent) => {
      observer.onEvent({
        time: epochNow(),
        at: 'client',
        connection,
        name: 'connection_closed',
        code: codeOf(event),
        reason: reasonOf(event),
        wasClean: wasCleanOf(event),
      });
      release();
    });
  };

  /**
   * Reports changes of the buffer. Never reports a message that is sent at once, because it has left the buffer by the first
   * look.
   */
  const watchBuffer = (ws: WebSocket, at: Observed): void => {
    const amount = bufferedAmountOf(ws);
    if (amount !== (at.buffered ?? 0)) {
      observer.onEvent({ time: epochNow(), at: 'client', connection: at.connection, name: 'buffer_read', amount });
    }
    // The amount of a closed connection never changes again.
    at.buffered = amount > 0 && readyStateOf(ws) < CLOSING ? amount : undefined;
    if (at.buffered !== undefined) later(() => watchBuffer(ws, at), readBufferEvery);
  };

  const Observing = seenThrough(Native, {
    construct(target, args, newTarget) {
      const connection = observer.nextName;
      // Convert the address once, as the native constructor would, since it may be a URL object. Pass on unchanged what that
      // refuses.
      const isAddress = args.length > 0 && typeof args[0] !== 'symbol';
      const address = isAddress ? `${args[0]}` : '';
      const mapped = isAddress ? mapAddress(address, observer.base, connection) : undefined;
      if (isAddress) args[0] = mapped?.url ?? address;
      const time = epochNow();
      const ws = construct(target, args, newTarget) as WebSocket;
      observer.takeName();
      const at: Observed = { connection, sent: 0, received: 0, buffered: undefined };
      observed.set(ws, at);
      observe(ws, at);
      const url = cut(address, messageLimits.address);
      observer.onEvent({ time, at: 'client', connection, name: 'connection_started', url });
      if (mapped?.isElsewhere) observer.tellElsewhere(address, 'opened', mapped.url);
      return ws;
    },
  });

  prototype.send = seenThrough(prototype.send, {
    apply(send, ws: WebSocket, args: Parameters<WebSocket['send']>) {
      const at = observed.get(ws);
      const willSend = at && readyStateOf(ws) === OPEN;
      const time = epochNow();
      apply(send, ws, args);
      if (!willSend) return;
      observer.onEvent({
        time,
        at: 'client',
        connection: at.connection,
        name: 'message_sent',
        message: at.sent++,
        ...sizeOf(args[0]),
      });
      if (at.buffered !== undefined) return;
      at.buffered = 0;
      later(() => watchBuffer(ws, at), readBufferEvery);
    },
  });

  prototype.close = seenThrough(prototype.close, {
    apply(close, ws: WebSocket, args: Parameters<WebSocket['close']>) {
      const at = observed.get(ws);
      const time = epochNow();
      apply(close, ws, args);
      if (!at) return;
      const code = args[0];
      const reason = args[1];
      observer.onEvent({
        time,
        at: 'client',
        connection: at.connection,
        name: 'close_called',
        // Report the code as the browser took it: it refuses a code that it may not send, and makes the number whole.
        ...(code !== undefined && { code: Math.round(Number(code)) }),
        ...(reason !== undefined && { reason: cut(`${reason}`, messageLimits.field) }),
      });
    },
  });

  prototype.constructor = Observing;
  scope.WebSocket = Observing;
}
