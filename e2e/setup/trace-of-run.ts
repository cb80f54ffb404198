/** Runs a playground as a reader does. Apart from the tests' browser, since `npm run record` does the same. */
import type { Locator } from 'playwright';
import type { Trace } from '../../protocol/trace.ts';

/** Presses `run`, waits until the run of the playground in `within` has come to rest, and returns its trace. */
export async function traceOfRun(within: Locator, run: Locator): Promise<Trace> {
  const finished = within.evaluate(
    (element) =>
      new Promise<unknown>((resolve) => {
        element.addEventListener('trace', (event) => resolve((event as CustomEvent<() => unknown>).detail()), { once: true });
      }),
  );
  await run.click();
  return (await finished) as Trace;
}
