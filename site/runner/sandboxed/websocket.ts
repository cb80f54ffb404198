/**
 * The browser's own WebSocket, seen through a Proxy that does two things alone: it maps the address to the sandbox, and
 * notes when things happen. A Proxy and no subclass, so that prototype, constants, name, errors and `instanceof` stay native.
 */
import { mapAddress } from './address.ts';
import { epochNow } from './clock.ts';
import { sizeOf } from './message-size.ts';
import type { Observer } from './observer.ts';

/** What is known of one WebSocket object. */
interface Observed {
  connection: string;
  sent: number;
  received: number;
  /** `bufferedAmount` as last told; undefined while it is not looked at. */
  buffered: number | undefined;
}

/** How often a buffer that is not empty is looked at, ms. */
const readBufferEvery = 10;

/** Puts the observed WebSocket in the place of the native one, on `scope`. */
export function observeWebSocket(scope: { WebSocket: typeof WebSocket }, observer: Observer): void {
  const Native = scope.WebSocket;
  const { prototype } = Native;
  const { addEventListener } = EventTarget.prototype;
  const bufferedAmount = Object.getOwnPropertyDescriptor(prototype, 'bufferedAmount')?.get as () => number;
  const observed = new WeakMap<WebSocket, Observed>();
  // The reader's code may replace any global.
  const later = setTimeout.bind(globalThis);

  const observe = (ws: WebSocket, at: Observed): void => {
    const { connection } = at;
    const release = observer.hold();
    const on = <Name extends keyof WebSocketEventMap>(name: Name, listener: (event: WebSocketEventMap[Name]) => void): void =>
      addEventListener.call(ws, name, listener as EventListener);
    on('open', () => observer.onEvent({ time: epochNow(), at: 'client', connection, name: 'connection_opened' }));
    on('message', ({ data }) => {
      const time = epochNow();
      observer.onEvent({ time, at: 'client', connection, name: 'message_received', message: at.received++, ...sizeOf(data) });
    });
    on('close', ({ code, reason, wasClean }) => {
      observer.onEvent({ time: epochNow(), at: 'client', connection, name: 'connection_closed', code, reason, wasClean });
      release();
    });
  };

  /** What is sent at once is never told: it is gone when its buffer is first looked at. */
  const watchBuffer = (ws: WebSocket, at: Observed): void => {
    const amount = bufferedAmount.call(ws);
    if (amount !== (at.buffered ?? 0)) {
      observer.onEvent({ time: epochNow(), at: 'client', connection: at.connection, name: 'buffer_read', amount });
    }
    // Of a closed connection the amount stays what it was.
    at.buffered = amount > 0 && ws.readyState < Native.CLOSING ? amount : undefined;
    if (at.buffered !== undefined) later(() => watchBuffer(ws, at), readBufferEvery);
  };

  const Observing = new Proxy(Native, {
    construct(target, args, newTarget) {
      const connection = observer.nextName;
      // Converted once, as the native constructor would: the reader may have given a URL object. What it refuses, it gets as it is.
      const isAddress = args.length > 0 && typeof args[0] !== 'symbol';
      const address = isAddress ? `${args[0]}` : '';
      const mapped = isAddress ? mapAddress(address, observer.base, connection) : undefined;
      const time = epochNow();
      const ws = Reflect.construct(target, mapped ? [mapped.url, ...args.slice(1)] : args, newTarget) as WebSocket;
      observer.takeName();
      const at: Observed = { connection, sent: 0, received: 0, buffered: undefined };
      observed.set(ws, at);
      observe(ws, at);
      observer.onEvent({ time, at: 'client', connection, name: 'connection_started', url: address });
      if (mapped?.isElsewhere) observer.tellElsewhere(address, 'opened', mapped.url);
      return ws;
    },
  });

  prototype.send = new Proxy(prototype.send, {
    apply(send, ws: WebSocket, args: Parameters<WebSocket['send']>) {
      const at = observed.get(ws);
      const willSend = at && ws.readyState === Native.OPEN;
      const time = epochNow();
      Reflect.apply(send, ws, args);
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

  prototype.close = new Proxy(prototype.close, {
    apply(close, ws: WebSocket, args: Parameters<WebSocket['close']>) {
      const at = observed.get(ws);
      const time = epochNow();
      Reflect.apply(close, ws, args);
      if (!at) return;
      const [code, reason] = args;
      observer.onEvent({
        time,
        at: 'client',
        connection: at.connection,
        name: 'close_called',
        ...(code !== undefined && { code: Number(code) }),
        ...(reason !== undefined && { reason: `${reason}` }),
      });
    },
  });

  prototype.constructor = Observing;
  scope.WebSocket = Observing;
}
