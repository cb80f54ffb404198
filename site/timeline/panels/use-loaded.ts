/** Parts of the timeline that come when they are asked for. */
import { useEffect, useState } from 'preact/hooks';

/** What `load` gives, once it is wanted and there; `failed` where it could not be had, until it is wanted anew. */
export function useLoaded<Part>(load: () => Promise<Part>, isWanted: boolean): Part | 'failed' | undefined {
  const [part, setPart] = useState<Part | 'failed' | undefined>(undefined);
  useEffect(() => {
    if (!isWanted || (part !== undefined && part !== 'failed')) return;
    setPart(undefined);
    // Wrapped, since a state that is a function would be called.
    load().then(
      (loaded) => setPart(() => loaded),
      (problem: unknown) => {
        setPart('failed');
        // Whoever looks after the page is told too.
        reportError(problem);
      },
    );
  }, [isWanted]);
  return part;
}
