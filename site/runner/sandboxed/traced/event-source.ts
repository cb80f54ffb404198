/** Wraps the browser's own EventSource in a Proxy, as for WebSocket: maps its address and notes times. */
import { cut, messageLimits } from '../../message-limits.ts';
import { mapHttpAddress } from './address.ts';
import { epochNow } from '../clock.ts';
import { ObservedExchange } from './exchange.ts';
import { sizeOf } from '../output/message-size.ts';
import { apply, attribute, construct, dataOf, listenTrusted, OwnMap, OwnWeakMap, seenThrough } from '../natives.ts';
import type { Observer } from './observer.ts';

interface Observed {
  exchange: ObservedExchange;
  /** Called when nothing more is awaited from it. */
  release: () => void;
  /** Names of the events that have a listener. */
  types: OwnMap<string, true>;
  events: number;
}

/** Replaces the native EventSource of `scope` with the observed one. */
export function observeEventSource(scope: Pick<typeof globalThis, 'EventSource'>, observer: Observer): void {
  const Native = scope.EventSource;
  const { prototype } = Native;
  const { CONNECTING } = Native;
  const readyStateOf = attribute(prototype, 'readyState');
  const lastEventIdOf = attribute(MessageEvent.prototype, 'lastEventId');
  const observed = new OwnWeakMap<object, Observed>();

  const hear = (source: EventSource, at: Observed, type: string): void => {
    if (at.types.get(type) || type === 'open' || type === 'error') return;
    at.types.set(type, true);
    listenTrusted(source, type, (event: MessageEvent) => {
      const { length } = sizeOf(dataOf(event));
      const lastEventId = cut(lastEventIdOf(event), messageLimits.field);
      at.exchange.tell({ name: 'event_received', event: at.events++, type: cut(type, messageLimits.field), lastEventId, length });
    });
  };

  const observe = (source: EventSource, at: Observed): void => {
    listenTrusted(source, 'open', () => at.exchange.headCame(200));
    listenTrusted(source, 'error', () => {
      if (readyStateOf(source) === CONNECTING) return at.exchange.tell({ name: 'reconnecting' });
      at.exchange.failed('The EventSource failed, and will not ask again.');
      at.release();
    });
    hear(source, at, 'message');
  };

  const Observing = seenThrough(Native, {
    construct(target, args: unknown[], newTarget) {
      const time = epochNow();
      const isAddress = args.length > 0 && typeof args[0] !== 'symbol';
      const address = isAddress ? `${args[0] as string}` : '';
      const mapped = isAddress ? mapHttpAddress(address, observer.base, 'events') : undefined;
      const url = mapped?.url(observer.nextName, 0);
      if (isAddress) args[0] = url ?? address;
      const source = construct(target, args, newTarget) as EventSource;
      if (!mapped || url === undefined) return source;
      const exchange = new ObservedExchange({ connection: observer.takeName(), request: 0 }, observer);
      const at: Observed = { exchange, release: observer.hold(), types: new OwnMap(), events: 0 };
      observed.set(source, at);
      observe(source, at);
      exchange.started(time, 'GET', address, 'EventSource');
      if (mapped.isElsewhere) observer.tellElsewhere(address, 'asked', url);
      return source;
    },
  });

  prototype.close = seenThrough(prototype.close, {
    apply(close, source: EventSource, args: []) {
      apply(close, source, args);
      const at = observed.get(source);
      at?.exchange.aborted('The program closed the EventSource.');
      at?.release();
    },
  });
  // An event with its own name reaches only those who listen for that name.
  EventTarget.prototype.addEventListener = seenThrough(EventTarget.prototype.addEventListener, {
    apply(add, target: EventTarget | undefined, args: Parameters<EventTarget['addEventListener']>) {
      const at = target && observed.get(target);
      if (at && args.length > 1) hear(target as EventSource, at, `${args[0]}`);
      apply(add, target, args);
    },
  });

  prototype.constructor = Observing;
  scope.EventSource = Observing;
}
