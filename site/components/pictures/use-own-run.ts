/** Returns the trace of the reader's own last run of an example on this page, once there is one. */
import { useEffect, useState } from 'preact/hooks';
import type { Trace } from '../../../protocol/trace/trace.ts';

export function useOwnRun(example: string): Trace | undefined {
  const [trace, setTrace] = useState<Trace>();
  useEffect(() => {
    const listen = (event: Event): void => {
      const place = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-example]') : undefined;
      if (place?.dataset['example'] === example) setTrace((event as CustomEvent<Trace>).detail);
    };
    document.addEventListener('trace', listen);
    return () => document.removeEventListener('trace', listen);
  }, [example]);
  return trace;
}
