/** The trace of a run in the page as it grows. Its events come in order, on the one clock of the run. */
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { BoundedTrace } from './bounded-trace.ts';

export class InPageTrace extends BoundedTrace {
  constructor() {
    super({ network: 'in-page' });
  }

  /** Takes events, and owns them from then on. */
  take(events: readonly TraceEvent[]): void {
    for (const event of events) this.addIfRoom(event);
    this.revision.value++;
  }

  /** The run was stopped at `time`, ms of the run. */
  stop(time: number): void {
    this.stoppedAt(time);
  }
}
