/**
 * The browser's own WebSocket, seen through a Proxy that does two things alone: it maps the address to the sandbox, and
 * notes when things happen. A Proxy and no subclass, so that prototype, constants, name, errors and `instanceof` stay native.
 */
import type { TraceEvent } from '../../../protocol/trace.ts';
import { mapAddress } from './address.ts';
import { epochNow } from './clock.ts';
import { sizeOf } from './message-size.ts';

/** What the observer needs to know, and where it tells what it saw. */
export interface ObserverOptions {
  /** `A`, `B` …; its connections are A1, A2 … */
  client: string;
  /** See `StartRun`. */
  base: string;
  onEvent(event: TraceEvent): void;
  onNote(text: string): void;
  /** How many connections are not closed has changed. */
  onOpenCount(count: number): void;
}

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
export function observeWebSocket(scope: { WebSocket: typeof WebSocket }, options: ObserverOptions): void {
  const Native = scope.WebSocket;
  const { prototype } = Native;
  const { addEventListener } = EventTarget.prototype;
  const bufferedAmount = Object.getOwnPropertyDescriptor(prototype, 'bufferedAmount')?.get as () => number;
  const observed = new WeakMap<WebSocket, Observed>();
  // The reader's code may replace any global.
  const later = setTimeout.bind(globalThis);
  let made = 0;
  let open = 0;
  let isTold = false;

  const observe = (ws: WebSocket, at: Observed): void => {
    const { connection } = at;
    const on = <Name extends keyof WebSocketEventMap>(name: Name, listener: (event: WebSocketEventMap[Name]) => void): void =>
      addEventListener.call(ws, name, listener as EventListener);
    on('open', () => options.onEvent({ time: epochNow(), at: 'client', connection, name: 'connection_opened' }));
    on('message', ({ data }) => {
      const time = epochNow();
      options.onEvent({ time, at: 'client', connection, name: 'message_received', message: at.received++, ...sizeOf(data) });
    });
    on('close', ({ code, reason, wasClean }) => {
      options.onEvent({ time: epochNow(), at: 'client', connection, name: 'connection_closed', code, reason, wasClean });
      options.onOpenCount(--open);
    });
  };

  /** What is sent at once is never told: it is gone when its buffer is first looked at. */
  const watchBuffer = (ws: WebSocket, at: Observed): void => {
    const amount = bufferedAmount.call(ws);
    if (amount !== (at.buffered ?? 0)) {
      options.onEvent({ time: epochNow(), at: 'client', connection: at.connection, name: 'buffer_read', amount });
    }
    // Of a closed connection the amount stays what it was.
    at.buffered = amount > 0 && ws.readyState < Native.CLOSING ? amount : undefined;
    if (at.buffered !== undefined) later(() => watchBuffer(ws, at), readBufferEvery);
  };

  const Observing = new Proxy(Native, {
    construct(target, args, newTarget) {
      const connection = `${options.client}${made + 1}`;
      // Converted once, as the native constructor would: the reader may have given a URL object. What it refuses, it gets as it is.
      const isAddress = args.length > 0 && typeof args[0] !== 'symbol';
      const address = isAddress ? `${args[0]}` : '';
      const mapped = isAddress ? mapAddress(address, options.base, connection) : undefined;
      const time = epochNow();
      const ws = Reflect.construct(target, mapped ? [mapped.url, ...args.slice(1)] : args, newTarget) as WebSocket;
      made++;
      const at: Observed = { connection, sent: 0, received: 0, buffered: undefined };
      observed.set(ws, at);
      observe(ws, at);
      options.onEvent({ time, at: 'client', connection, name: 'connection_started', url: address });
      options.onOpenCount(++open);
      if (mapped?.isElsewhere && !isTold) {
        isTold = true;
        options.onNote(
          `Programs here can reach this playground's sandbox alone: ${address} was opened as ${new URL(mapped.url).pathname.replace(/^\/s\/[^/]+/, '')} of the sandbox.`,
        );
      }
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
      options.onEvent({
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
      options.onEvent({
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
