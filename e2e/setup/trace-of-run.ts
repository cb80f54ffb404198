/** Runs a playground as a reader does. Kept apart from the tests' browser, since `npm run record` does the same. */
import type { Locator } from 'playwright';
import type { Trace } from '../../protocol/trace/trace.ts';

/**
 * Presses `run`, waits until the run of the playground in `within` comes to rest, and returns its trace. Throws with the console
 * text if the run ends before that.
 */
export async function traceOfRun(within: Locator, run: Locator): Promise<Trace> {
  const finished = within.evaluate(
    (element) =>
      new Promise<unknown>((resolve, reject) => {
        element.addEventListener('trace', (event) => resolve((event as CustomEvent<() => unknown>).detail()), { once: true });
        const state = element.querySelector<HTMLElement>('.pg-state');
        const told = (): string => (element.querySelector('[role=log]') as HTMLElement).innerText;
        const ended = (): void => reject(new Error(`The run ended before it had come to rest: ${told()}`));
        // The console shows new lines a moment later.
        const look = (): void => {
          if (state?.dataset['state'] === 'ready') setTimeout(ended, 500);
        };
        if (state) new MutationObserver(look).observe(state, { attributeFilter: ['data-state'] });
        const tooLong = (): void =>
          reject(new Error(`The run has not come to rest within 120 s (${state?.dataset['state']}): ${told()}`));
        setTimeout(tooLong, 120_000);
      }),
  );
  const [trace] = await Promise.all([finished, run.click()]);
  return trace as Trace;
}
