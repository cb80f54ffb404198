/**
 * Express 5 in small, for servers beside a WebSocket: routes, routers, parsers of bodies, the reader's own files, and its answers
 * where nothing else answers. Templates, `param()` and ranges of files are not there.
 */
import type { HttpModule } from '../http/http.ts';
import type { ModuleParts } from '../module-parts.ts';
import type { ReaderFiles } from '../reader-files.ts';
import { type Application, type AppParts, createApplication } from './application.ts';
import { json, raw, text, urlencoded } from './body-parsers.ts';
import { ExpressRequest } from './request.ts';
import { ExpressResponse } from './response.ts';
import { createRouter, type Router, type RouterOptions } from './router.ts';
import { createStatic } from './serve-static.ts';

/** What `require('express')` gives: a function that makes an app, and on it the rest. */
export interface ExpressModule {
  (): Application;
  /** Works with `new` and without. */
  Router: (options?: RouterOptions) => Router;
  json: typeof json;
  urlencoded: typeof urlencoded;
  text: typeof text;
  raw: typeof raw;
  static: ReturnType<typeof createStatic>;
  request: ExpressRequest;
  response: ExpressResponse;
}

/** `onError` takes an error that no handler took; by default it is logged. */
export function createExpress(
  parts: ModuleParts,
  http: HttpModule,
  files: ReaderFiles,
  onError?: AppParts['onError'],
): ExpressModule {
  return Object.assign(() => createApplication({ parts, http, files, onError }), {
    // A function, and not an arrow, so that `new express.Router()` works.
    Router: function Router(options?: RouterOptions) {
      return createRouter(options);
    },
    json,
    urlencoded,
    text,
    raw,
    static: createStatic(files),
    request: ExpressRequest.prototype,
    response: ExpressResponse.prototype,
  });
}
