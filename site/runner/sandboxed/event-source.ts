/** The browser's own EventSource, seen through a Proxy as WebSocket is: its address is mapped, and times are noted. */
import { mapHttpAddress } from './address.ts';
import { epochNow } from './clock.ts';
import { ObservedExchange } from './exchange.ts';
import { sizeOf } from './message-size.ts';
import type { Observer } from './observer.ts';

interface Observed {
  exchange: ObservedExchange;
  /** Nothing of it is awaited any more. */
  release: () => void;
  /** Names of events that are listened to. */
  types: Set<string>;
  events: number;
}

/** Puts the observed EventSource in the place of the native one, on `scope`. */
export function observeEventSource(scope: Pick<typeof globalThis, 'EventSource'>, observer: Observer): void {
  const Native = scope.EventSource;
  const { prototype } = Native;
  const { addEventListener } = EventTarget.prototype;
  const observed = new WeakMap<object, Observed>();

  const listen = (source: EventSource, at: Observed, type: string): void => {
    if (at.types.has(type) || type === 'open' || type === 'error') return;
    at.types.add(type);
    addEventListener.call(source, type, (event) => {
      const { data, lastEventId } = event as MessageEvent<string>;
      const { length } = sizeOf(data);
      at.exchange.tell({ name: 'event_received', event: at.events++, type, lastEventId, length });
    });
  };

  const observe = (source: EventSource, at: Observed): void => {
    addEventListener.call(source, 'open', () => at.exchange.headCame(200));
    addEventListener.call(source, 'error', () => {
      if (source.readyState === Native.CONNECTING) return at.exchange.tell({ name: 'reconnecting' });
      at.exchange.failed('The EventSource failed, and does not ask again.');
      at.release();
    });
    listen(source, at, 'message');
  };

  const Observing = new Proxy(Native, {
    construct(target, args: unknown[], newTarget) {
      const time = epochNow();
      const isAddress = args.length > 0 && typeof args[0] !== 'symbol';
      const address = isAddress ? `${args[0] as string}` : '';
      const mapped = isAddress ? mapHttpAddress(address, observer.base, 'events') : undefined;
      const url = mapped?.url(observer.nextName, 0);
      const source = Reflect.construct(target, url === undefined ? args : [url, ...args.slice(1)], newTarget) as EventSource;
      if (!mapped || url === undefined) return source;
      const exchange = new ObservedExchange({ connection: observer.takeName(), request: 0 }, observer);
      const at: Observed = { exchange, release: observer.hold(), types: new Set(), events: 0 };
      observed.set(source, at);
      observe(source, at);
      exchange.started(time, 'GET', address, 'EventSource');
      if (mapped.isElsewhere) observer.tellElsewhere(address, 'asked', url);
      return source;
    },
  });

  prototype.close = new Proxy(prototype.close, {
    apply(close, source: EventSource, args: []) {
      Reflect.apply(close, source, args);
      const at = observed.get(source);
      at?.exchange.aborted('The program closed the EventSource.');
      at?.release();
    },
  });
  // An event with a name of its own is dispatched to those alone who listen to it.
  EventTarget.prototype.addEventListener = new Proxy(addEventListener, {
    apply(add, target: EventTarget, args: Parameters<typeof addEventListener>) {
      const at = target instanceof Native ? observed.get(target) : undefined;
      if (at && args.length > 1) listen(target as EventSource, at, `${args[0]}`);
      Reflect.apply(add, target, args);
    },
  });

  prototype.constructor = Observing;
  scope.EventSource = Observing;
}
