/** Where a client's data waits on its way to the server, as a trace shows it: what `bufferedAmount` alone cannot say. */
import { isControl } from '../wire/frame.ts';
import type { Trace } from '../trace/trace.ts';

/** Payload bytes at a moment, by where they are. Each holds until the next step. */
export interface QueueStep {
  /** ms. */
  time: number;
  /** Given to `send()` and not at the sandbox's socket yet: in the browser, and in the buffers of the systems on the way. */
  before: number;
  /** At the sandbox's socket, waiting for the simulated link. */
  waiting: number;
  /** On the link. */
  onLink: number;
}

type Place = 'before' | 'waiting' | 'onLink';

/** What of client-to-server data was where, step by step. Of all connections together, or of the one named. */
export function queueSteps(trace: Trace, connection?: string): QueueStep[] {
  const steps: QueueStep[] = [];
  const now = { before: 0, waiting: 0, onLink: 0 };
  const frames = new Map<string, { length: number; place: Place }>();
  const events = [...trace.events].sort((a, b) => a.time - b.time);
  for (const event of events) {
    if (connection !== undefined && event.connection !== connection) continue;
    if (event.name === 'message_sent') now.before += event.length;
    else if (!('direction' in event) || !('frame' in event) || event.direction !== 'client-to-server') continue;
    else if (event.name === 'frame_sent') {
      if (isControl(event.opcode)) continue;
      frames.set(`${event.connection} ${event.frame}`, { length: event.length, place: 'waiting' });
      now.before -= event.length;
      now.waiting += event.length;
    } else {
      const frame = frames.get(`${event.connection} ${event.frame}`);
      if (!frame) continue;
      now[frame.place] -= frame.length;
      frame.place = 'onLink';
      if (event.name === 'frame_departed') now.onLink += frame.length;
    }
    // The clocks of both ends agree to a fraction of a millisecond only: a frame may seem to be there before it was sent.
    steps.push({ time: event.time, ...now, before: Math.max(0, now.before) });
  }
  return steps;
}

/** Bytes on the whole way. */
export const queued = ({ before, waiting, onLink }: QueueStep): number => before + waiting + onLink;

/** The most bytes that were on the whole way at one moment. */
export const mostQueued = (steps: readonly QueueStep[]): number => steps.reduce((most, step) => Math.max(most, queued(step)), 0);
