/**
 * The browser's own `fetch`, seen through a Proxy that maps the address to the sandbox and notes when things happen. What it
 * resolves with is the native Response.
 */
import { absoluteAddress, mapHttpAddress } from './address.ts';
import { observeBodies } from './body.ts';
import { epochNow } from './clock.ts';
import { ObservedExchange } from './exchange.ts';
import type { Observer } from './observer.ts';

type Scope = Pick<typeof globalThis, 'fetch' | 'Request' | 'Response'>;

/** Puts the observed `fetch`, and a `Request` that takes relative addresses, in the place of the native ones. */
export function observeFetch(scope: Scope, observer: Observer): void {
  const { fetch: nativeFetch, Request: NativeRequest } = scope;
  const { addEventListener } = EventTarget.prototype;
  const watchBody = observeBodies(observer);

  const send = (request: Request, exchange: ObservedExchange, self: unknown): Promise<Response> => {
    const { signal } = request;
    const release = observer.hold();
    if (signal.aborted) exchange.aborted();
    else addEventListener.call(signal, 'abort', () => exchange.aborted());
    return (Reflect.apply(nativeFetch, self, [request]) as Promise<Response>).then(
      (response) => {
        exchange.headCame(response.status);
        if (response.body === null) exchange.ended();
        else watchBody(response, exchange);
        release();
        return response;
      },
      (error: unknown) => {
        exchange.failed();
        release();
        throw error;
      },
    );
  };

  scope.fetch = new Proxy(nativeFetch, {
    apply(native, self, args: unknown[]) {
      const time = epochNow();
      const [input, init] = args as [unknown, RequestInit?];
      const given = input instanceof NativeRequest ? input : undefined;
      const isAddress = args.length > 0 && typeof input !== 'symbol';
      const address = given ? given.url : isAddress ? `${input as string}` : '';
      const asks = /^(?:get|head)$/i.test(init?.method ?? given?.method ?? 'GET');
      const mapped = isAddress ? mapHttpAddress(address, observer.base, asks ? 'poll' : 'messages') : undefined;
      if (!mapped) return Reflect.apply(native, self, args) as unknown;
      const of = observer.ask(mapped.path);
      const url = mapped.url(of.connection, of.request);
      const exchange = new ObservedExchange(of, observer);
      const sendAs = (base: RequestInit | undefined): Promise<Response> => {
        // As the standard has it (Fetch §5.6): a Request is made of what was given, and that is fetched.
        const request = base ? new NativeRequest(new NativeRequest(url, base), init) : new NativeRequest(url, init);
        exchange.started(time, request.method, address, 'fetch');
        if (mapped.isElsewhere) observer.tellElsewhere(address, 'asked', url);
        return send(request, exchange, self);
      };
      if (given?.body && !given.bodyUsed && !init?.body) {
        // Its body is a stream by now, and browsers send no streams over HTTP/1.1: it is read, and sent as a whole.
        const { method, headers, signal } = given;
        return given.blob().then((body) => sendAs({ method, headers, signal, body }));
      }
      try {
        return sendAs(given);
      } catch {
        // The browser refuses it, in its own words.
        return Reflect.apply(native, self, [given ?? url, init]) as unknown;
      }
    },
  });

  const Observing = new Proxy(NativeRequest, {
    construct(target, args: unknown[], newTarget) {
      const [input, ...more] = args;
      const isAddress = args.length > 0 && !(input instanceof NativeRequest) && typeof input !== 'symbol';
      const given = isAddress ? [absoluteAddress(`${input as string}`, observer.base), ...more] : args;
      return Reflect.construct(target, given, newTarget) as Request;
    },
  });
  NativeRequest.prototype.constructor = Observing;
  scope.Request = Observing;
}
