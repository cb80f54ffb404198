/** Tasks of the event loop, by a channel of our own: timers would wait 4 ms each, and the reader's code may replace them. */
import { listen, postTo } from '../natives.ts';

/** Returns a function whose promise resolves in a later task. Promises of earlier calls resolve first. */
export function macrotasks(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  listen(port1, 'message', () => waiting.shift()?.());
  port1.start();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      postTo(port2, undefined);
    });
}
