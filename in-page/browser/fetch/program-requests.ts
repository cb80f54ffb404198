/** Requests as a program hands them to `fetch`: native ones check them, but bodies are kept here, as native ones are read at no fixed time. */
import { isForbiddenField } from '../http/forbidden-fields.ts';
import type { HttpParts } from '../http/http-client.ts';
import { askingBy, ledBy } from '../parts.ts';
import { type BodyBytes, type RequestBody, requestBody } from './request-body.ts';

/** A request that can be sent. */
export interface PreparedRequest {
  /** Checked, with its headers; not its body. */
  request: Request;
  url: URL;
  /** The address as the program wrote it. */
  target: string;
  body: BodyBytes | undefined;
  signal: AbortSignal;
}

const Native = Request;

export class ProgramRequests {
  readonly #parts: HttpParts;
  readonly #bodies = new WeakMap<Request, RequestBody>();
  /** The program's class. */
  readonly Request: typeof globalThis.Request;

  constructor(parts: HttpParts) {
    this.#parts = parts;
    this.Request = new Proxy(Native, {
      construct: (target, given: [RequestInfo | URL, RequestInit?], newTarget) =>
        this.#make(target, given, newTarget as typeof Native),
    });
  }

  /** Throws a TypeError where a browser would refuse to make such a request. */
  prepare(input: RequestInfo | URL, init: RequestInit | undefined): PreparedRequest {
    const given = input instanceof Native ? input : undefined;
    const target = given ? given.url : `${input as string}`;
    const taken = given && init?.body == null ? this.#take(given) : undefined;
    const { body: own, ...rest } = init ?? {};
    const request = this.#build(given ?? target, own == null ? rest : { ...rest, body: own }, taken);
    for (const name of [...request.headers.keys()]) if (isForbiddenField(name)) request.headers.delete(name);
    const body = (taken ?? this.#bodies.get(request))?.content;
    // The native signal of a Request follows the one that it was made with; that one itself is told first.
    const led = ledBy(this.#parts, target, askingBy(request.method));
    return {
      request,
      url: led === target ? new URL(request.url) : new URL(led, this.#parts.base),
      target,
      body,
      signal: init?.signal ?? given?.signal ?? request.signal,
    };
  }

  /** Takes the body out of a Request, which counts as used from then on. Throws a TypeError for one that was used before. */
  #take(given: Request): RequestBody | undefined {
    // Firefox does not say whether a Request has a body.
    if (given.method === 'GET' || given.method === 'HEAD' || given.body === null) return undefined;
    if (given.bodyUsed)
      throw new TypeError(
        "Failed to execute 'fetch': Cannot construct a Request with a Request object that has already been used.",
      );
    const known = this.#bodies.get(given);
    const bytes = async (): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await native);
    const native = given.arrayBuffer();
    native.catch(() => undefined);
    return known ?? { content: { kind: 'work', bytes }, type: undefined };
  }

  #build(input: Request | string, init: RequestInit, taken: RequestBody | undefined): Request {
    if (typeof input === 'string') return new this.Request(input, init);
    if (!taken) return new this.Request(input, init);
    const { url, method, headers, mode, credentials, cache, redirect } = input;
    return new this.Request(url, { method, headers, mode, credentials, cache, redirect, ...init });
  }

  #make(target: typeof Native, [input, init = {}]: [RequestInfo | URL, RequestInit?], newTarget: typeof Native): Request {
    const { base, random } = this.#parts;
    const address = input instanceof Native ? input : absolute(`${input as string}`, base);
    if (init.body == null) {
      const made = Reflect.construct(target, [address, init], newTarget) as Request;
      const moved = input instanceof Native ? this.#bodies.get(input) : undefined;
      if (moved) this.#bodies.set(made, moved);
      return made;
    }
    const body = requestBody(init.body, random);
    const { content, type } = body;
    if (content.kind === 'stream') {
      if ((init as { duplex?: string }).duplex !== 'half') {
        throw new TypeError(
          "Failed to construct 'Request': The `duplex` member must be specified for a request with a streaming body",
        );
      }
      if (content.stream.locked) throw new TypeError("Failed to construct 'Request': body stream is locked.");
    }
    // Bytes stand in for a body that is no bytes yet, so that the native Request judges the rest.
    const standIn = content.kind === 'bytes' ? content.bytes : init.body instanceof Blob ? init.body : new Uint8Array(0);
    const made = Reflect.construct(target, [address, { ...init, body: standIn }], newTarget) as Request;
    if (type !== undefined && !made.headers.has('content-type')) made.headers.set('Content-Type', type);
    this.#bodies.set(made, body);
    return made;
  }
}

/** Returns the address against the page's. One that is no address is left to the native Request, whose error the program sees. */
const absolute = (address: string, base: string): string => (URL.canParse(address, base) ? new URL(address, base).href : address);
