/** A program's port to the page: its output goes there, and the page's pings are answered. */
import type { BatchTaken, Ping, Pong } from '../../../protocol/messages/runner-messages.ts';
import { epochNow } from './clock.ts';
import { dataOf, listen, postTo } from './natives.ts';
import { Output, outputLimits } from './output/output.ts';

// The reader's code may replace any global, so take what is used while it runs beforehand.
const later = setTimeout.bind(globalThis);

export interface PagePort {
  output: Output;
  /**
   * Resolves once the port works both ways. A program that blocks from its first line is then reported as busy, and its output is
   * shown.
   */
  heardFromPage: Promise<void>;
}

export function openPagePort(port: MessagePort): PagePort {
  const output = new Output({
    post: (batch) => postTo(port, batch),
    now: epochNow,
    later: (callback) => void later(callback, outputLimits.batchEvery),
  });
  const heardFromPage = new Promise<void>((resolve) => {
    listen(port, 'message', (event: MessageEvent) => {
      const { type } = dataOf(event) as BatchTaken | Ping;
      if (type === 'ping') {
        postTo(port, { type: 'pong', time: epochNow() } satisfies Pong);
        resolve();
      } else output.answered();
    });
  });
  port.start();
  return { output, heardFromPage };
}
