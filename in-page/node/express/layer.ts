/** The handlers of a router, and how they are called. */
import type { PathMatcher } from './path-pattern.ts';
import type { ExpressRequest } from './request.ts';
import type { ExpressResponse } from './response.ts';

/** Goes on to the next handler; with an error, to the next that takes errors; with 'route' or 'router', out of that. */
export type Next = (error?: unknown) => void;
export type Handler = (req: ExpressRequest, res: ExpressResponse, next: Next) => unknown;
/** A handler of errors is known by its four arguments. */
export type ErrorHandler = (error: unknown, req: ExpressRequest, res: ExpressResponse, next: Next) => unknown;
export type AnyHandler = Handler | ErrorHandler;

export interface Step {
  /** In lower case; undefined for every method. */
  method: string | undefined;
  handle: AnyHandler;
}

/** Handlers with one path. */
export interface Layer {
  /** True for a route, whose handlers have methods. Otherwise the path is taken off while the handlers run. */
  isRoute: boolean;
  /** As it was given. */
  path: unknown;
  match: PathMatcher;
  steps: Step[];
}

/** Returns the methods of a route, in upper case; undefined where it takes all. */
export function methodsOf({ steps }: Layer): string[] | undefined {
  const methods = steps.map(({ method }) => method);
  if (methods.includes(undefined)) return undefined;
  const named = methods.map((method) => String(method).toUpperCase());
  return named.includes('GET') && !named.includes('HEAD') ? [...named, 'HEAD'] : named;
}

/** True where a step is for this request: a HEAD is answered as a GET where nothing is for it alone. */
export function isFor({ method }: Step, asked: string, hasOwnHead: boolean): boolean {
  return method === undefined || method === asked || (asked === 'head' && method === 'get' && !hasOwnHead);
}

/** Calls a handler, if it is for what is there, an error or none. What it throws or rejects with goes on. */
export function callHandler(handle: AnyHandler, error: unknown, req: ExpressRequest, res: ExpressResponse, next: Next): void {
  const takesErrors = handle.length === 4;
  if (takesErrors !== Boolean(error)) {
    next(error);
    return;
  }
  try {
    const returned = takesErrors ? (handle as ErrorHandler)(error, req, res, next) : (handle as Handler)(req, res, next);
    if (returned instanceof Promise) returned.catch((reason: unknown) => next(reason || new Error('Rejected promise')));
  } catch (thrown) {
    next(thrown);
  }
}
