/**
 * Notes what a program reads of a response's body, as it reads: with `text()` and the like, or chunk by chunk from the stream.
 * Body and stream stay native; Proxies wrap their methods.
 */
import type { ObservedExchange } from './exchange.ts';
import { bytesOf } from '../output/message-size.ts';
import { apply, method, OwnWeakMap, seenThrough } from '../natives.ts';
import type { Observer } from './observer.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Returns the bytes in what a body's method gave. If the value does not show them, returns what the head announced. */
function lengthOf(value: unknown, response: Response): number | undefined {
  if (typeof value === 'string') return bytesOf(value);
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  if (value instanceof Blob) return value.size;
  const announced = response.headers.get('content-length');
  return announced !== null && /^\d{1,15}$/.test(announced) ? Number(announced) : undefined;
}

/** Replaces a prototype's methods with Proxies. Skips methods that the browser lacks. */
function replace(prototype: object, names: readonly PropertyKey[], observe: (name: PropertyKey, native: Method) => Method): void {
  for (const name of names) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    const native = descriptor?.value as Method | undefined;
    if (!native) continue;
    const observed = observe(name, native);
    const value = seenThrough(native, { apply: (_target, self, args: unknown[]) => apply(observed, self, args) });
    Object.defineProperty(prototype, name, { ...descriptor, value });
  }
}

/** Observes reads of bodies from now on. Returns a function that takes a response to watch. */
export function observeBodies(observer: Observer): (response: Response, exchange: ObservedExchange) => void {
  const responses = new OwnWeakMap<object, ObservedExchange>();
  const streams = new OwnWeakMap<object, ObservedExchange>();
  const readers = new OwnWeakMap<object, ObservedExchange>();
  const NativeStream = ReadableStream;
  const readerOf = method(
    ReadableStream.prototype.getReader as (this: ReadableStream) => ReadableStreamDefaultReader<Uint8Array>,
  );

  const watch = (response: Response, exchange: ObservedExchange): void => {
    responses.set(response, exchange);
    if (response.body) streams.set(response.body, exchange);
  };

  /** Waits for a method's promise, then notes the result. The program gets a promise of the same value. */
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
      // A text that is not JSON was still read to its end.
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
      const promise = apply(native, this, args) as Promise<unknown>;
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
      const clone = apply(native, this, args);
      // Cloning a response replaces its stream with one of a pair.
      if (exchange) watch(this as Response, exchange);
      return clone;
    };
  });

  replace(ReadableStream.prototype, ['getReader'], (_, native) => {
    return function (...args) {
      const reader = apply(native, this, args) as object;
      const exchange = streams.get(this as object);
      if (exchange) readers.set(reader, exchange);
      return reader;
    };
  });
  const readChunk = (_: PropertyKey, native: Method): Method =>
    function (...args) {
      const exchange = readers.get(this as object);
      const promise = apply(native, this, args) as Promise<ReadableStreamReadResult<Uint8Array>>;
      if (!exchange) return promise;
      return noting(promise, exchange, ({ done, value }) => {
        if (done) exchange.ended();
        else exchange.read(value.byteLength);
      });
    };
  const hasByteStreams = typeof ReadableStreamBYOBReader !== 'undefined'; // WebKit has none.
  const readerTypes = hasByteStreams ? [ReadableStreamDefaultReader, ReadableStreamBYOBReader] : [ReadableStreamDefaultReader];
  for (const { prototype } of readerTypes) replace(prototype, ['read'], readChunk);
  const cancel = (_: PropertyKey, native: Method): Method =>
    function (...args) {
      const exchange = streams.get(this as object) ?? readers.get(this as object);
      exchange?.aborted();
      return apply(native, this, args);
    };
  for (const { prototype } of [ReadableStream, ...readerTypes]) {
    replace(prototype, ['cancel'], cancel);
  }

  /**
   * Returns the same stream, read where we can see it, because pipes and loops read inside the browser. Locks the stream as they
   * would: until its end, or for ever if `keeps` is true.
   */
  const inTheOpen = (stream: ReadableStream<Uint8Array>, exchange: ObservedExchange, keeps: boolean): ReadableStream => {
    const reader = readerOf(stream);
    readers.set(reader, exchange);
    const source = {
      async pull(controller: ReadableByteStreamController | ReadableStreamDefaultController<Uint8Array>) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value as Uint8Array<ArrayBuffer>);
        if (!keeps) reader.releaseLock();
        controller.close();
        if ('byobRequest' in controller) controller.byobRequest?.respond(0);
      },
      cancel: (reason: unknown) => reader.cancel(reason),
    };
    return hasByteStreams ? new NativeStream({ ...source, type: 'bytes' }) : new NativeStream(source);
  };
  const readInside = (name: PropertyKey, native: Method): Method =>
    function (...args) {
      const stream = this as ReadableStream<Uint8Array>;
      const exchange = streams.get(stream);
      const isFree = exchange && !stream.locked;
      return apply(native, isFree ? inTheOpen(stream, exchange, name === 'tee') : stream, args);
    };
  replace(ReadableStream.prototype, ['pipeTo', 'pipeThrough', 'tee', 'values', Symbol.asyncIterator], readInside);
  replace(Response.prototype, ['textStream'], (_, native) => {
    return function (...args) {
      const { body } = this as Response;
      const exchange = body && !body.locked ? streams.get(body) : undefined;
      if (!body || !exchange) return apply(native, this, args);
      return inTheOpen(body, exchange, false).pipeThrough(new TextDecoderStream());
    };
  });
  return watch;
}
