/** An Express app: settings, a router, and the way into them from `http.createServer`. */
import type { HttpModule } from '../http/http.ts';
import type { IncomingMessage } from '../http/incoming-message.ts';
import type { Server } from '../http/server.ts';
import type { ServerResponse } from '../http/server-response.ts';
import { dateNow, type ModuleParts } from '../module-parts.ts';
import { refusals } from '../modules/absent-members.ts';
import type { ReaderFiles } from '../reader-files.ts';
import { finalHandler } from './final-handler.ts';
import type { Next } from './layer.ts';
import type { Pattern } from './path-pattern.ts';
import { ExpressRequest } from './request.ts';
import { ExpressResponse } from './response.ts';
import { createRouter, type Handlers, type Route, routeMethods, type Router } from './router.ts';

type Listening = (error?: Error) => void;
type RouteMethods = Record<
  Exclude<(typeof routeMethods)[number], 'get'>,
  (path: Pattern, ...handlers: Handlers[]) => Application
>;

export interface Application extends RouteMethods {
  (req: IncomingMessage, res: ServerResponse, next?: Next): void;
  get: {
    /** Returns a setting. */
    (setting: string): unknown;
    /** Adds a route. */
    (path: Pattern, first: Handlers, ...handlers: Handlers[]): Application;
  };
  set: (setting: string, value?: unknown) => Application;
  enable: (setting: string) => Application;
  disable: (setting: string) => Application;
  enabled: (setting: string) => boolean;
  disabled: (setting: string) => boolean;
  use: (...given: (Pattern | Handlers)[]) => Application;
  route: (path: Pattern) => Route;
  handle: (req: IncomingMessage, res: ServerResponse, next?: Next) => void;
  listen: (...given: (Parameters<Server['listen']>[number] | Listening)[]) => Server;
  readonly router: Router;
  readonly locals: Record<string, unknown>;
  /** The reader's files, for `res.sendFile`. */
  readonly files: ReaderFiles;
  /** Returns when it is, ms since 1970. */
  readonly now: () => number;
}

export interface AppParts {
  parts: ModuleParts;
  http: HttpModule;
  files: ReaderFiles;
  /** Tells an error that no handler took. By default on the console. */
  onError?: ((text: string) => void) | undefined;
}

export function createApplication(appParts: AppParts): Application {
  const { parts, http, files, onError = (text) => console.error(text) } = appParts;
  const settings = new Map<string, unknown>([
    ['env', parts.env?.['NODE_ENV'] || 'development'],
    ['etag', 'weak'],
    ['query parser', 'simple'],
    ['subdomain offset', 2],
    ['trust proxy', false],
    ['x-powered-by', true],
  ]);
  let made: Router | undefined;
  // Made late, so that settings about paths count that come before the first route.
  const router = (): Router =>
    (made ??= createRouter({
      caseSensitive: Boolean(settings.get('case sensitive routing')),
      strict: Boolean(settings.get('strict routing')),
    }));
  const handle: Application['handle'] = (given, response, next) => {
    const [req, res] = adopt(app, given, response);
    const outer = { app: req.app, next: req.next };
    Object.assign(req, { app, res });
    res.app = app;
    if (settings.get('x-powered-by')) res.setHeader('X-Powered-By', 'Express');
    const done: Next = (error) => {
      if (next) {
        Object.assign(req, outer);
        res.app = outer.app ?? app;
        next(error);
        return;
      }
      const env = settings.get('env');
      if (error && env !== 'test') onError(String(error));
      finalHandler(req, res, error, env === 'production');
    };
    router().handle(req, res, done);
  };
  const change = (setting: string, value: unknown): Application => {
    settings.set(setting, value);
    return app;
  };
  const methods = routeMethods.map((name) => [
    name,
    (path: Pattern, ...handlers: Handlers[]): Application => {
      router()[name](path, ...handlers);
      return app;
    },
  ]);
  const routes = Object.fromEntries(methods) as RouteMethods & { get: RouteMethods['post'] };
  const app: Application = Object.assign(
    (req: IncomingMessage, res: ServerResponse, next?: Next): void => handle(req, res, next),
    {
      ...refusals('app', {
        engine: 'there are no templates. Send text with res.send.',
        render: 'there are no templates. Send text with res.send.',
        param: 'read req.params in the handler, or in one before it.',
      }),
      ...routes,
      get: ((path: Pattern, ...handlers: Handlers[]): unknown =>
        handlers.length === 0 ? settings.get(String(path)) : routes.get(path, ...handlers)) as Application['get'],
      set: (...given: [setting: string, value?: unknown]): Application =>
        // As Express has it, this is `get` where there is no value.
        given.length === 1 ? (settings.get(given[0]) as Application) : change(given[0], given[1]),
      enable: (setting: string) => change(setting, true),
      disable: (setting: string) => change(setting, false),
      enabled: (setting: string) => Boolean(settings.get(setting)),
      disabled: (setting: string) => !settings.get(setting),
      use: (...given: (Pattern | Handlers)[]): Application => {
        router().use(...given);
        return app;
      },
      route: (path: Pattern): Route => router().route(path),
      handle,
      listen: (...given: (Parameters<Server['listen']>[number] | Listening)[]): Server => listen(http, app, given),
      locals: Object.create(null) as Record<string, unknown>,
      files,
      now: () => dateNow(parts),
      // Replaced below: a getter in here would be read at once.
      router: undefined as unknown as Router,
    },
  );
  Object.defineProperty(app, 'router', { get: router });
  return app;
}

/** Gives Node's request and response what Express adds to them. */
function adopt(app: Application, given: IncomingMessage, response: ServerResponse): [ExpressRequest, ExpressResponse] {
  const isNew = !(given instanceof ExpressRequest);
  const req = Object.setPrototypeOf(given, ExpressRequest.prototype) as ExpressRequest;
  const res = Object.setPrototypeOf(response, ExpressResponse.prototype) as ExpressResponse;
  if (isNew) Object.assign(req, { app, originalUrl: req.url, baseUrl: '', params: {}, body: undefined, next: () => undefined });
  res.locals ??= Object.create(null) as Record<string, unknown>;
  return [req, res];
}

/** Listens as Express 5 does: the callback is also told of an error. */
function listen(http: HttpModule, app: Application, given: (Parameters<Server['listen']>[number] | Listening)[]): Server {
  const server = http.createServer(app);
  const last = given.at(-1);
  if (typeof last !== 'function') return server.listen(...(given as Parameters<Server['listen']>));
  let isTold = false;
  const once = (error?: Error): void => {
    if (isTold) return;
    isTold = true;
    (last as Listening)(error);
  };
  server.once('error', once);
  return server.listen(...(given.slice(0, -1) as Parameters<Server['listen']>), () => once());
}
