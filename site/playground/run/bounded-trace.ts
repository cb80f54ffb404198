/** A trace that grows, and keeps only so much of a flood. */
import type { EventsOmitted, Trace, TraceEvent } from '../../../protocol/trace/trace.ts';
import { TraceStore } from '../trace-store.ts';

/**
 * The most frames kept of a run: enough for any lesson, and, in a flood, as many as a page can hold and search. Later frames are
 * only counted.
 */
const mostFrames = 20_000;

const ofFrames = /^(?:frame|message)_/;

export class BoundedTrace extends TraceStore {
  readonly #omitted = new Map<string, EventsOmitted>();
  readonly #keep: number;

  constructor({ keep = mostFrames, network = 'live' }: { keep?: number; network?: Trace['network'] } = {}) {
    super(network);
    this.#keep = keep;
  }

  /** The run was stopped at `time`, ms of the run: nothing more will be heard of what is under way. */
  protected stoppedAt(time: number): void {
    this.trace.stoppedAt = time;
    this.revision.value++;
  }

  /** Adds the event, or counts it if there is no room for it. Returns what was added. */
  protected addIfRoom(event: TraceEvent): TraceEvent | undefined {
    const hasRoom = this.frameCount < this.#keep || !ofFrames.test(event.name) || this.index.continues(event);
    const kept = hasRoom ? event : this.#leaveOut(event);
    if (kept) this.add(kept);
    return kept;
  }

  /** Counts an event that is not kept. Returns a mark in place of the connection's first such event, and undefined after that. */
  #leaveOut({ name, time, connection }: TraceEvent): EventsOmitted | undefined {
    if (name === 'frame_sent') this.leftOutCount++;
    const known = this.#omitted.get(connection);
    if (known) {
      known.count++;
      return undefined;
    }
    const mark: EventsOmitted = { time, at: 'socket', connection, name: 'events_omitted', count: 1 };
    this.#omitted.set(connection, mark);
    return mark;
  }
}
