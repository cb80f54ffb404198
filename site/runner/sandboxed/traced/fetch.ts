/**
 * Wraps the browser's own `fetch` in a Proxy that maps the address to the sandbox and notes when things happen. It resolves with
 * the native Response.
 */
import { absoluteAddress, mapHttpAddress } from './address.ts';
import { observeBodies } from './body.ts';
import { epochNow } from '../clock.ts';
import { ObservedExchange } from './exchange.ts';
import { apply, attribute, construct, listenTrusted, method, seenThrough, whenSettled } from '../natives.ts';
import type { Observer } from './observer.ts';

type Scope = Pick<typeof globalThis, 'fetch' | 'Request' | 'Response'>;

/** Replaces the native `fetch`, and `Request` with one that accepts relative addresses. */
export function observeFetch(scope: Scope, observer: Observer): void {
  const { fetch: nativeFetch, Request: NativeRequest } = scope;
  const { prototype } = NativeRequest;
  const urlOf = attribute(prototype, 'url');
  const methodOf = attribute(prototype, 'method');
  const signalOf = attribute(prototype, 'signal');
  const abortedOf = attribute(AbortSignal.prototype, 'aborted');
  const statusOf = attribute(Response.prototype, 'status');
  const bodyOf = attribute(Response.prototype, 'body');
  const blobOf = method(prototype.blob);
  const reject = method(Promise.reject as (this: PromiseConstructor, reason: unknown) => Promise<never>);
  const watchBody = observeBodies(observer);

  /** Returns the input if it is a Request, whatever its prototype has become; undefined for anything else, which is converted. */
  const asRequest = (input: unknown): Request | undefined => {
    try {
      urlOf(input as Request);
      return input as Request;
    } catch {
      return undefined;
    }
  };

  /** Firefox does not say whether a Request has a body, and drops the body when another Request is made from it. */
  const mayHaveBody = ({ method, body, bodyUsed }: Request): boolean =>
    method !== 'GET' && method !== 'HEAD' && body !== null && !bodyUsed;

  const send = (request: Request, exchange: ObservedExchange): Promise<Response> => {
    const signal = signalOf(request);
    const release = observer.hold();
    if (abortedOf(signal)) exchange.aborted();
    else listenTrusted(signal, 'abort', () => exchange.aborted());
    return whenSettled(
      nativeFetch(request),
      (response: Response) => {
        exchange.headCame(statusOf(response));
        if (bodyOf(response) === null) exchange.ended();
        else watchBody(response, exchange);
        release();
        return response;
      },
      (error: unknown) => {
        exchange.failed();
        release();
        throw error;
      },
    ) as Promise<Response>;
  };

  scope.fetch = seenThrough(nativeFetch, {
    apply(native, self, args: unknown[]) {
      const time = epochNow();
      const input = args[0];
      const init = args[1] as RequestInit | undefined;
      const given = asRequest(input);
      const isAddress = args.length > 0 && typeof input !== 'symbol';
      const address = given ? urlOf(given) : isAddress ? `${input as string}` : '';
      const asks = /^(?:get|head)$/i.test(init?.method ?? given?.method ?? 'GET');
      const mapped = isAddress ? mapHttpAddress(address, observer.base, asks ? 'poll' : 'messages') : undefined;
      if (!mapped) {
        if (isAddress && !given) args[0] = address;
        return apply(native, self, args);
      }
      const of = observer.ask(mapped.path);
      const url = mapped.url(of.connection, of.request);
      const exchange = new ObservedExchange(of, observer);
      const sendAs = (base: RequestInit | undefined): Promise<Response> => {
        // Follows the standard (Fetch §5.6): makes a Request from the arguments and fetches that.
        const request = base ? new NativeRequest(new NativeRequest(url, base), init) : new NativeRequest(url, init);
        exchange.started(time, methodOf(request), address, 'fetch');
        if (mapped.isElsewhere) observer.tellElsewhere(address, 'asked', url);
        return send(request, exchange);
      };
      if (given && mayHaveBody(given) && !init?.body) {
        // The body is a stream by now, and browsers send no streams over HTTP/1.1, so read it and send it whole.
        const { method, headers, signal } = given;
        return whenSettled(blobOf(given), (body: Blob) =>
          sendAs({ method, headers, signal, ...(body.size > 0 && { body }) }),
        ) as Promise<Response>;
      }
      try {
        return sendAs(given);
      } catch (refusal) {
        // The browser refuses it, in its own words. Any retry still uses this session's address.
        return given ? reject(Promise, refusal) : apply(native, self, [url, init]);
      }
    },
  });

  const Observing = seenThrough(NativeRequest, {
    construct(target, args: unknown[], newTarget) {
      const input = args[0];
      const isAddress = args.length > 0 && !asRequest(input) && typeof input !== 'symbol';
      if (isAddress) args[0] = absoluteAddress(`${input as string}`, observer.base);
      return construct(target, args, newTarget) as Request;
    },
  });
  NativeRequest.prototype.constructor = Observing;
  scope.Request = Observing;
}
