/** Makes the picture of one job done several ways interactive: fetches its traces and script once a pointer or focus enters. */
import type { SameJobProps } from '../../playground/same-job/SameJob.tsx';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { forgetFailed, sayFailed } from '../say-failed.ts';

async function wake(element: HTMLElement): Promise<void> {
  const props = JSON.parse(element.dataset['sameJob'] ?? '') as Omit<SameJobProps, 'ways'> & {
    ways: Omit<SameJobProps['ways'][number], 'trace'>[];
  };
  const traceOf = async (example: string): Promise<Trace> => {
    const answer = await fetch(`${element.dataset['base'] ?? '/'}trace/${example}.json`);
    if (!answer.ok) throw new Error(`${example}: ${answer.status}`);
    return (await answer.json()) as Trace;
  };
  const [{ h, hydrate }, { SameJob }, ...traces] = await Promise.all([
    import('preact'),
    import('../../playground/same-job/SameJob.tsx'),
    ...props.ways.map(({ example }) => traceOf(example)),
  ]);
  const ways = props.ways.map((way, i) => ({ ...way, trace: traces[i] as Trace }));
  hydrate(h(SameJob, { ...props, ways }), element);
  element.dataset['awake'] = '';
}

for (const element of document.querySelectorAll<HTMLElement>('[data-same-job]')) {
  let woken: Promise<void> | undefined;
  // Fetch again after a failure.
  const once = (): Promise<void> =>
    (woken ??= wake(element).catch((problem: unknown) => {
      woken = undefined;
      throw problem;
    }));
  for (const near of ['pointerenter', 'focusin']) element.addEventListener(near, () => void once().catch(() => undefined));
  element.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest('button');
    if (!button || 'awake' in element.dataset) return;
    forgetFailed(element);
    // The button could not listen yet: press it again for the reader once it can.
    void once().then(
      () => button.click(),
      (problem: unknown) => sayFailed(element, problem),
    );
  });
}
