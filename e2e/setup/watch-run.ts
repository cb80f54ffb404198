/**
 * Watches a run from within the page, for any driver: call `watchRun` there, press Run, and wait there for `watchedTrace`. Drivers
 * send these functions as text, so they use nothing but their arguments.
 */

/** A playground whose run is watched. */
type Watched = Element & { watched?: Promise<unknown> };

/**
 * Begins to watch the playground, an element or a selector. Its run fails if it ends before it has come to rest, or has not come to
 * rest after `patience` ms.
 */
export function watchRun(playground: Element | string, patience: number): void {
  const region: Watched | null = typeof playground === 'string' ? document.querySelector(playground) : playground;
  if (!region) throw new Error(`There is no ${String(playground)}`);
  const state = region.querySelector<HTMLElement>('.pg-state');
  region.watched = new Promise((resolve, reject) => {
    const take = (event: Event): void => {
      try {
        resolve((event as CustomEvent<() => unknown>).detail());
      } catch (error) {
        reject(error as Error);
      }
    };
    region.addEventListener('trace', take, { once: true });
    const told = (): string => region.querySelector<HTMLElement>('[role=log]')?.innerText ?? '';
    const fail = (what: string): void => reject(new Error(`${what}; ${state?.dataset['state']}: ${told()}`));
    // The console shows new lines a moment later.
    const look = (): void => {
      if (state?.dataset['state'] === 'ready') setTimeout(fail, 500, 'The run ended before it had come to rest');
    };
    if (state) new MutationObserver(look).observe(state, { attributeFilter: ['data-state'] });
    setTimeout(fail, patience, `The run has not come to rest within ${patience / 1000} s`);
  });
  // We await it only a moment later.
  region.watched.catch(() => undefined);
}

/** Returns the trace of the watched run once it has come to rest. Rejects with the console's text if the run failed. */
export async function watchedTrace(playground: Element | string): Promise<unknown> {
  const region: Watched | null = typeof playground === 'string' ? document.querySelector(playground) : playground;
  return await region?.watched;
}
