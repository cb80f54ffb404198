/** Express's `Router`: a list of handlers by path and method, which is itself a handler. */
import { type AnyHandler, callHandler, type Handler, isFor, type Layer, methodsOf, type Next } from './layer.ts';
import { pathMatcher, type Pattern } from './path-pattern.ts';
import { pathOfUrl, type ExpressRequest } from './request.ts';
import type { ExpressResponse } from './response.ts';

export interface RouterOptions {
  caseSensitive?: boolean | undefined;
  strict?: boolean | undefined;
  /** True to keep the parameters of the path that led here. */
  mergeParams?: boolean | undefined;
}

/** Handlers as they are given: also in lists of lists. Handlers of errors are taken too, which types cannot tell apart here. */
export type Handlers = Handler | readonly Handlers[];

export const routeMethods = ['get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'all'] as const;
type RouteMethod = (typeof routeMethods)[number];

/** The handlers of one path. */
export type Route = Record<RouteMethod, (...handlers: Handlers[]) => Route>;

export interface Router extends Record<RouteMethod, (path: Pattern, ...handlers: Handlers[]) => Router> {
  (req: ExpressRequest, res: ExpressResponse, next: Next): void;
  use: (...given: (Pattern | Handlers)[]) => Router;
  route: (path: Pattern) => Route;
  handle: (req: ExpressRequest, res: ExpressResponse, done: Next) => void;
  param: () => never;
  readonly stack: Layer[];
}

export function createRouter(options: RouterOptions = {}): Router {
  const stack: Layer[] = [];
  const { caseSensitive: isCaseSensitive = false, strict: isStrict = false } = options;
  const add = (path: Pattern, isRoute: boolean, handlers: AnyHandler[], method?: string): Layer => {
    const match = pathMatcher(path, { isWhole: isRoute, isCaseSensitive, isStrict: isRoute && isStrict });
    const layer = { isRoute, path, match, steps: handlers.map((handle) => ({ method, handle })) };
    stack.push(layer);
    return layer;
  };
  const methods = routeMethods.map((name) => [
    name,
    (path: Pattern, ...handlers: Handlers[]): Router => {
      add(path, true, flat(handlers, `Router.${name}`), name === 'all' ? undefined : name);
      return router;
    },
  ]);
  const route = (path: Pattern): Route => {
    const layer = add(path, true, []);
    const own = routeMethods.map((name) => [
      name,
      (...handlers: Handlers[]): Route => {
        const method = name === 'all' ? undefined : name;
        layer.steps.push(...flat(handlers, `Route.${name}`).map((handle) => ({ method, handle })));
        return made;
      },
    ]);
    const made = Object.fromEntries(own) as Route;
    return made;
  };
  const use = (...given: (Pattern | Handlers)[]): Router => {
    const hasPath = isPattern(given[0]);
    const path = hasPath ? (given[0] as Pattern) : '/';
    for (const handle of flat(given.slice(hasPath ? 1 : 0) as Handlers[], 'Router.use')) add(path, false, [handle]);
    return router;
  };
  const handle: Router['handle'] = (req, res, done) => new Passage(stack, options, req, res, done).next();
  const param = (): never => {
    throw new Error('param() is not there in the page. Read req.params in the handler, or in one before it.');
  };
  const router: Router = Object.assign((req: ExpressRequest, res: ExpressResponse, next: Next): void => handle(req, res, next), {
    use,
    route,
    handle,
    param,
    stack,
    ...(Object.fromEntries(methods) as Record<RouteMethod, never>),
  });
  return router;
}

const isPattern = (value: unknown): boolean =>
  typeof value === 'string' || value instanceof RegExp || (Array.isArray(value) && value.length > 0 && value.every(isPattern));

/** Returns handlers out of lists of lists. Throws a TypeError as Express does. */
function flat(given: readonly Handlers[], where: string): AnyHandler[] {
  const handlers = (given as unknown[]).flat(Infinity);
  if (handlers.length === 0) throw new TypeError('argument handler is required');
  for (const handler of handlers) {
    if (typeof handler !== 'function') throw new TypeError(`argument handler must be a function (${where})`);
  }
  return handlers as AnyHandler[];
}

/** One request on its way through a router. */
class Passage {
  readonly #stack: readonly Layer[];
  readonly #req: ExpressRequest;
  readonly #res: ExpressResponse;
  readonly #done: Next;
  readonly #mergesParams: boolean;
  readonly #outer: { url: string; baseUrl: string; params: ExpressRequest['params']; next: Next };
  #at = 0;
  /** Methods of the routes that have the path. */
  readonly #allowed = new Set<string>();

  constructor(stack: readonly Layer[], { mergeParams }: RouterOptions, req: ExpressRequest, res: ExpressResponse, done: Next) {
    this.#stack = stack;
    this.#req = req;
    this.#res = res;
    this.#done = done;
    this.#mergesParams = mergeParams ?? false;
    this.#outer = { url: req.url, baseUrl: req.baseUrl ?? '', params: req.params ?? {}, next: req.next };
  }

  /** Goes on to the next layer that is for the request. */
  readonly next: Next = (given) => {
    this.#restore();
    if (given === 'router') {
      this.#leave(undefined);
      return;
    }
    let error = given === 'route' ? undefined : given;
    for (let layer = this.#stack[this.#at++]; layer; layer = this.#stack[this.#at++]) {
      try {
        if (this.#enter(layer, error)) return;
      } catch (thrown) {
        // A path that cannot be decoded.
        error ||= thrown;
      }
    }
    this.#leave(error);
  };

  #restore(): void {
    const { url, baseUrl, params } = this.#outer;
    Object.assign(this.#req, { url, baseUrl, params, next: this.next });
  }

  #leave(error: unknown): void {
    const { next } = this.#outer;
    this.#req.next = next;
    if (error || this.#req.method !== 'OPTIONS' || this.#allowed.size === 0) this.#done(error);
    else {
      const allowed = [...this.#allowed].sort().join(', ');
      this.#res.set('Allow', allowed).type('text/plain').set('X-Content-Type-Options', 'nosniff');
      this.#res.end(allowed);
    }
  }

  /** Runs a layer's handlers; returns false where it is not for the request. */
  #enter(layer: Layer, error: unknown): boolean {
    const req = this.#req;
    if (layer.isRoute && error) return false;
    const found = layer.match(pathOfUrl(req.url));
    if (!found) return false;
    if (!layer.isRoute) {
      const [handle] = layer.steps.map((step) => step.handle);
      if (!handle) return false;
      this.#setParams(found.params);
      const path = found.path.replace(/\/$/, '');
      req.baseUrl = this.#outer.baseUrl + path;
      const rest = this.#outer.url.slice(path.length);
      req.url = rest.startsWith('/') ? rest : `/${rest}`;
      callHandler(handle, error, req, this.#res, this.next);
      return true;
    }
    const methods = methodsOf(layer);
    const asked = req.method ?? 'GET';
    if (methods && !methods.includes(asked)) {
      for (const method of methods) this.#allowed.add(method);
      return false;
    }
    this.#setParams(found.params);
    req.route = { path: layer.path };
    this.#runRoute(layer, asked.toLowerCase());
    return true;
  }

  #setParams(params: ExpressRequest['params']): void {
    this.#req.params = this.#mergesParams ? { ...this.#outer.params, ...params } : params;
  }

  #runRoute({ steps }: Layer, asked: string): void {
    const hasOwnHead = steps.some(({ method }) => method === 'head');
    const own = steps.filter((step) => isFor(step, asked, hasOwnHead));
    let at = 0;
    const next: Next = (error) => {
      const step = own[at++];
      if (!step || error === 'route' || error === 'router') this.next(error);
      else callHandler(step.handle, error, this.#req, this.#res, next);
    };
    this.#req.next = next;
    next();
  }
}
