/**
 * What a program reads of a response's body, noted as it reads: by `text()` and its like, or chunk by chunk from the stream.
 * Body and stream stay the native ones; their methods are seen through Proxies.
 */
import type { ObservedExchange } from './exchange.ts';
import type { Observer } from './observer.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;

const encoder = new TextEncoder();

/** Bytes of what a method of a body gave; where it does not show them, what the head announced. */
function lengthOf(value: unknown, response: Response): number | undefined {
  if (typeof value === 'string') return encoder.encode(value).length;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  if (value instanceof Blob) return value.size;
  const announced = response.headers.get('content-length');
  return announced === null ? undefined : Number(announced);
}

/** Puts Proxies in the place of a prototype's methods; those that a browser lacks are passed over. */
function replace(prototype: object, names: readonly PropertyKey[], apply: (name: PropertyKey, native: Method) => Method): void {
  for (const name of names) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    const native = descriptor?.value as Method | undefined;
    if (!native) continue;
    const observed = apply(name, native);
    const value = new Proxy(native, {
      apply: (_target, self, args: unknown[]) => Reflect.apply(observed, self, args) as unknown,
    });
    Object.defineProperty(prototype, name, { ...descriptor, value });
  }
}

/** Observes what is read of bodies from now on. What it returns takes a response to watch. */
export function observeBodies(observer: Observer): (response: Response, exchange: ObservedExchange) => void {
  const responses = new WeakMap<object, ObservedExchange>();
  const streams = new WeakMap<object, ObservedExchange>();
  const readers = new WeakMap<object, ObservedExchange>();
  const { getReader } = ReadableStream.prototype;

  const watch = (response: Response, exchange: ObservedExchange): void => {
    responses.set(response, exchange);
    if (response.body) streams.set(response.body, exchange);
  };

  /** Waits for what a method promised, then tells of it. The program gets a promise of the same. */
  const noting = async <Value>(
    promise: Promise<Value>,
    exchange: ObservedExchange,
    note: (value: Value) => void,
  ): Promise<Value> => {
    const release = observer.hold();
    try {
      const value = await promise;
      note(value);
      return value;
    } catch (error) {
      // A text that is no JSON was read to its end all the same.
      if (error instanceof SyntaxError) exchange.ended();
      else exchange.failed();
      throw error;
    } finally {
      release();
    }
  };

  const readWhole = (_: PropertyKey, native: Method): Method =>
    function (...args) {
      const response = this as Response;
      const exchange = responses.get(response);
      const isRead = !exchange || response.bodyUsed || response.body?.locked === true;
      const promise = Reflect.apply(native, this, args) as Promise<unknown>;
      if (isRead) return promise;
      return noting(promise, exchange, (value) => {
        exchange.read(lengthOf(value, response));
        exchange.ended();
      });
    };
  replace(Response.prototype, ['text', 'json', 'arrayBuffer', 'blob', 'bytes', 'formData'], readWhole);
  replace(Response.prototype, ['clone'], (_, native) => {
    return function (...args) {
      const exchange = responses.get(this as Response);
      const clone = Reflect.apply(native, this, args) as unknown;
      // To be cloned, a response changes its stream for one of a pair.
      if (exchange) watch(this as Response, exchange);
      return clone;
    };
  });

  replace(ReadableStream.prototype, ['getReader'], (_, native) => {
    return function (...args) {
      const reader = Reflect.apply(native, this, args) as object;
      const exchange = streams.get(this as object);
      if (exchange) readers.set(reader, exchange);
      return reader;
    };
  });
  const readChunk = (_: PropertyKey, native: Method): Method =>
    function (...args) {
      const exchange = readers.get(this as object);
      const promise = Reflect.apply(native, this, args) as Promise<ReadableStreamReadResult<Uint8Array>>;
      if (!exchange) return promise;
      return noting(promise, exchange, ({ done, value }) => {
        if (done) exchange.ended();
        else exchange.read(value.byteLength);
      });
    };
  replace(ReadableStreamDefaultReader.prototype, ['read'], readChunk);
  replace(ReadableStreamBYOBReader.prototype, ['read'], readChunk);
  const cancel = (_: PropertyKey, native: Method): Method =>
    function (...args) {
      const exchange = streams.get(this as object) ?? readers.get(this as object);
      exchange?.aborted();
      return Reflect.apply(native, this, args);
    };
  for (const { prototype } of [ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader]) {
    replace(prototype, ['cancel'], cancel);
  }

  /**
   * The same stream, read where it can be seen: pipes and loops read inside the browser. Locks it, as they would, and as they
   * would, until its end or for ever.
   */
  const inTheOpen = (stream: ReadableStream<Uint8Array>, exchange: ObservedExchange, keeps: boolean): ReadableStream => {
    const reader = getReader.call(stream) as ReadableStreamDefaultReader<Uint8Array>;
    readers.set(reader, exchange);
    return new ReadableStream({
      type: 'bytes',
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value as Uint8Array<ArrayBuffer>);
        if (!keeps) reader.releaseLock();
        controller.close();
        controller.byobRequest?.respond(0);
      },
      cancel: (reason) => reader.cancel(reason),
    });
  };
  const readInside = (name: PropertyKey, native: Method): Method =>
    function (...args) {
      const stream = this as ReadableStream<Uint8Array>;
      const exchange = streams.get(stream);
      const isFree = exchange && !stream.locked;
      return Reflect.apply(native, isFree ? inTheOpen(stream, exchange, name === 'tee') : stream, args);
    };
  replace(ReadableStream.prototype, ['pipeTo', 'pipeThrough', 'tee', 'values', Symbol.asyncIterator], readInside);
  replace(Response.prototype, ['textStream'], (_, native) => {
    return function (...args) {
      const { body } = this as Response;
      const exchange = body && !body.locked ? streams.get(body) : undefined;
      if (!body || !exchange) return Reflect.apply(native, this, args);
      return inTheOpen(body, exchange, false).pipeThrough(new TextDecoderStream());
    };
  });
  return watch;
}
