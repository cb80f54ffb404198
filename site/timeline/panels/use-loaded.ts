/** Loads parts of the timeline on demand. */
import { useEffect, useState } from 'preact/hooks';

/** Returns what `load` gives once it is wanted and has loaded; `failed` if it could not load, until it is wanted again. */
export function useLoaded<Part>(load: () => Promise<Part>, isWanted: boolean): Part | 'failed' | undefined {
  const [part, setPart] = useState<Part | 'failed' | undefined>(undefined);
  useEffect(() => {
    if (!isWanted || (part !== undefined && part !== 'failed')) return;
    setPart(undefined);
    // Wrap it: `setPart` would call a part that is a function.
    load().then(
      (loaded) => setPart(() => loaded),
      (problem: unknown) => {
        setPart('failed');
        // Tell whoever looks after the page too.
        reportError(problem);
      },
    );
  }, [isWanted]);
  return part;
}
