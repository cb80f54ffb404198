/** `fetch` as browsers have it, on the in-page network (Fetch, https://fetch.spec.whatwg.org). */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import type { Activity } from '../../program/activity.ts';
import { ExchangeSightings } from '../http/exchange-sightings.ts';
import { Fetching, type FetchRequest } from '../http/fetching.ts';
import { httpClientOf, type HttpParts } from '../http/http-client.ts';
import type { Field } from '../http/request-head.ts';
import { FetchedResponse, nullBodyStatuses } from './fetched-response.ts';
import { ProgramRequests } from './program-requests.ts';
import { ArrivingContent, ResponseBody } from './response-body.ts';

/** What a program has for `fetch`. */
export interface FetchGlobals {
  fetch: typeof globalThis.fetch;
  /** The native class, but that it takes addresses relative to the page's. */
  Request: typeof globalThis.Request;
  Response: typeof globalThis.Response;
  Headers: typeof globalThis.Headers;
}

const failed = (): TypeError => new TypeError('Failed to fetch');
/** What reading a body ends with when the rest does not come, in Chromium's words. */
const bodyFailed = (): TypeError => new TypeError('network error');

/**
 * Returns what a program needs for `fetch`. It is true to the standard but for this: there are no cookies, caches, referrers and
 * service workers; `https` is carried like `http`, without TLS; `integrity`, `keepalive` and `priority` do nothing; no content
 * coding is offered or undone; and a body that is a stream is read to its end before the request goes out.
 */
export function createFetch(parts: HttpParts): FetchGlobals {
  const client = httpClientOf(parts);
  const requests = new ProgramRequests(parts);
  const { activity, base } = parts;
  const { origin } = new URL(base);
  const nativeFetch = globalThis.fetch;

  const begin = (prepared: ReturnType<ProgramRequests['prepare']>): Promise<Response> => {
    const { request, url, target, body, signal } = prepared;
    const asked = client.ask(url);
    const sightings = new ExchangeSightings(asked);
    sightings.started(request.method, target, 'fetch');
    let fetching: Fetching | undefined;
    const content = new ArrivingContent(() => {
      sightings.aborted();
      fetching?.abort();
    });
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        sightings.failed();
        reject(failed());
      };
      const abort = (): void => {
        sightings.aborted();
        fetching?.abort();
        content.fail(signal.reason);
        reject(signal.reason as Error);
      };
      let hasHead = false;
      const send = (bytes: Uint8Array | undefined): void => {
        if (signal.aborted) return;
        fetching = new Fetching(client, origin, fetchRequest(request, url, bytes, asked), {
          onHead: (head) => {
            const hasBody = request.method !== 'HEAD' && !nullBodyStatuses.includes(head.status);
            const made = { head, body: hasBody ? new ResponseBody(content, sightings) : null, activity };
            let response: Response;
            try {
              response = new FetchedResponse(made);
            } catch {
              // A head with a field that is none.
              fetching?.abort();
              fail();
              return;
            }
            hasHead = true;
            sightings.headCame(head.status);
            if (!hasBody) sightings.ended();
            resolve(response);
          },
          onContent: (bytes) => content.add(bytes),
          onEnd: () => content.end(),
          onFailed: () => {
            if (hasHead) content.fail(bodyFailed());
            else fail();
          },
        });
      };
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort);
      if (body?.kind === 'stream') void readStream(body.stream, activity).then(send, fail);
      else if (body?.kind === 'work') client.outbox.add(() => body.bytes().then(send, fail));
      else client.outbox.add(() => void send(body?.bytes));
    });
  };

  return {
    async fetch(...given: [input?: RequestInfo | URL, init?: RequestInit]) {
      if (given.length === 0) {
        throw new TypeError("Failed to execute 'fetch' on 'WorkerGlobalScope': 1 argument required, but only 0 present.");
      }
      const prepared = requests.prepare(given[0] as RequestInfo | URL, given[1]);
      // These two are in the program's own memory, and reach no network.
      if (/^(?:blob|data):$/.test(prepared.url.protocol)) return activity.hold(inMemory(nativeFetch, prepared.request));
      if (!/^https?:$/.test(prepared.url.protocol)) throw failed();
      return begin(prepared);
    },
    Request: requests.Request,
    Response,
    Headers,
  };
}

/** Returns a native Response with all of its content in it, so that reading it is no work any more. */
async function inMemory(nativeFetch: typeof fetch, request: Request): Promise<Response> {
  const response = await nativeFetch(request);
  const { status, statusText, headers } = response;
  return new Response(await response.arrayBuffer(), { status, statusText, headers });
}

function fetchRequest(request: Request, url: URL, body: Uint8Array | undefined, asked: FetchRequest['asked']): FetchRequest {
  const { method, mode, redirect, credentials, cache } = request;
  return {
    url,
    method,
    // Headers forget how their names were written; this is how most are.
    fields: [...request.headers].map(([name, value]): Field => [
      name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase()),
      value,
    ]),
    body,
    mode,
    redirect,
    withCredentials: credentials === 'include',
    asksFirst: true,
    isUncached: cache === 'no-store' || cache === 'reload',
    asked,
  };
}

/** Reads a program's stream to its end. Rejects with a TypeError for a chunk that is not bytes. */
async function readStream(stream: ReadableStream, activity: Activity): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  // The platform may have made it, of a Blob say, or the program, which may take its time.
  const read = () => activity.holdBriefly(reader.read());
  for (let { done, value } = await read(); !done; { done, value } = await read()) {
    if (!(value instanceof Uint8Array)) throw failed();
    chunks.push(value.slice());
  }
  return concatBytes(chunks);
}
