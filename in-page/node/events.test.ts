import { describe, expect, test } from 'vitest';
import nodeEvents from 'node:events';
import { EventEmitter, on, once } from './events.ts';

/** Writes down how a promise settles, as far as both platforms say it alike. */
const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch(({ name, code, message, cause }: Error & { code?: string }) => ({ name, code, message, cause }));

/** What the functions of both platforms do. */
async function watched(EventEmitterOf: typeof EventEmitter, onOf: typeof on, onceOf: typeof once): Promise<unknown[]> {
  const log: unknown[] = [];
  const listeners = (emitter: EventEmitter): number[] => ['tick', 'error', 'end'].map((name) => emitter.listenerCount(name));
  const iterate = async (iterator: AsyncIterable<unknown>): Promise<string> => {
    for await (const values of iterator) log.push(values);
    return 'over';
  };

  const [emitter, controller] = [new EventEmitterOf(), new AbortController()];
  const iterator = onOf(emitter, 'tick', { signal: controller.signal });
  emitter.emit('tick', 1, 'a');
  emitter.emit('tick', 2);
  controller.abort('enough');
  emitter.emit('tick', 3);
  log.push(listeners(emitter), await outcome(iterate(iterator)));

  const closing = onOf(emitter, 'tick', { close: ['end'] });
  log.push(listeners(emitter));
  emitter.emit('tick', 4);
  emitter.emit('end');
  emitter.emit('tick', 5);
  log.push(await outcome(iterate(closing)), listeners(emitter));

  const late = new AbortController();
  const waiting = outcome(onceOf(emitter, 'tick', { signal: late.signal }));
  log.push(listeners(emitter));
  late.abort();
  log.push(((await waiting) as Error).name, listeners(emitter));
  log.push(await outcome(onceOf(emitter, 'tick', { signal: AbortSignal.abort('before') })));

  const answered = onceOf(emitter, 'tick', { signal: new AbortController().signal });
  emitter.emit('tick', 6, 7);
  log.push(await answered, listeners(emitter));
  const failing = outcome(onceOf(emitter, 'tick', { signal: new AbortController().signal }));
  emitter.emit('error', new RangeError('broken'));
  log.push(await failing, listeners(emitter));
  return log;
}

describe('events.on and events.once end as those of Node do', () => {
  test('by their signal, by the events that close, and by an error', async () => {
    const ours = await watched(EventEmitter, on, once);
    const theirs = await watched(
      nodeEvents.EventEmitter as unknown as typeof EventEmitter,
      nodeEvents.on as typeof on,
      nodeEvents.once,
    );
    expect(ours).toEqual(theirs);
    expect(ours).toContainEqual({ name: 'AbortError', code: 'ABORT_ERR', message: 'The operation was aborted', cause: 'enough' });
  });

  test('on throws at once where the signal has aborted', () => {
    const signal = AbortSignal.abort();
    expect(() => on(new EventEmitter(), 'tick', { signal })).toThrow('The operation was aborted');
  });
});
