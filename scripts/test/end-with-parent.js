/**
 * Preloaded into every Node program that a run of the tests starts, by `ends-with-us.ts`: ends the program soon after its parent
 * has ended, however that was. A signal would do for one that its sender reaches; but whoever ends a run mostly knows the first
 * process alone, and a killed one has no chance to pass anything on.
 */
import { isMainThread } from 'node:worker_threads';

// Keep the function of now: Vitest replaces it in its workers. Exiting runs the handlers with which programs end their browsers.
const exit = process.exit.bind(process);
const parent = process.ppid;

if (isMainThread) {
  setInterval(() => {
    if (process.ppid !== parent) exit(1);
  }, 500).unref();
}
