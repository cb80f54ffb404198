import { queued, type QueueStep } from '../../../protocol/measures/upload-queue.ts';

/** Returns about `count` steps: the fullest of each of `count` equal stretches of time, so that no peak is lost, and the last. */
export function thinned(steps: readonly QueueStep[], count: number): QueueStep[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last || steps.length <= count) return [...steps];
  const fullest = new Map<number, QueueStep>();
  for (const step of steps) {
    const stretch = Math.floor(((step.time - first.time) / (last.time - first.time)) * count);
    const known = fullest.get(stretch);
    if (!known || queued(step) >= queued(known)) fullest.set(stretch, step);
  }
  fullest.set(count, last);
  return [...fullest.values()].map((step) => ({ ...step, time: Math.round(step.time) }));
}
