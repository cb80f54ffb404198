import type { Activity } from '../../program/activity.ts';

/** Lets the run wait while a Blob is read, as it does in a Worker. All programs wait, since they share this process's class. */
export function holdBlobs(activities: readonly Activity[]): () => void {
  const prototype = Blob.prototype as unknown as Record<string, () => Promise<unknown>>;
  const before = { text: prototype['text'], arrayBuffer: prototype['arrayBuffer'] };
  for (const [name, native] of Object.entries(before)) {
    prototype[name] = function (this: Blob) {
      const work = (native as () => Promise<unknown>).call(this);
      for (const activity of activities) void activity.hold(work.catch(() => undefined));
      return work;
    };
  }
  return () => void Object.assign(prototype, before);
}
