/** Keeps what goes out in the order in which the program sent it, while a Blob is being read. */
import type { Activity } from '../program/activity.ts';

/** Something that goes out: at once, or once the returned promise resolves. It must not reject. */
export type Job = () => Promise<void> | undefined;

export class Outbox {
  readonly #activity: Activity;
  readonly #waiting: Job[] = [];
  #isReading = false;

  constructor(activity: Activity) {
    this.#activity = activity;
  }

  /** Does the job, at once if nothing before it is still being read. */
  add(job: Job): void {
    this.#waiting.push(job);
    this.#go();
  }

  #go(): void {
    while (!this.#isReading) {
      const job = this.#waiting.shift();
      if (!job) return;
      const work = job();
      if (work) void this.#finish(work);
    }
  }

  async #finish(work: Promise<void>): Promise<void> {
    this.#isReading = true;
    await this.#activity.hold(work);
    this.#isReading = false;
    this.#go();
  }
}
