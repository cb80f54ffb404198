/**
 * Shows where a client's data is on its way to the server, which `bufferedAmount` alone cannot tell. It counts every payload byte from
 * `send()` until it arrives, so that a lesson can hold a program to a limit. The timeline draws less
 * (`site/timeline/conversation/send-queue.ts`): what waits at either end, without what the link carries, and only while it is worth
 * drawing.
 */
import { isControl } from '../wire/frame.ts';
import type { Trace } from '../trace/trace.ts';

/** Payload bytes at one moment, by location. Each value holds until the next step. */
export interface QueueStep {
  /** ms. */
  time: number;
  /** Passed to `send()` but not yet at the sandbox's socket: in the browser, or in the buffers of the systems on the way. */
  before: number;
  /** At the sandbox's socket, waiting for the simulated link. */
  waiting: number;
  /** On the link. */
  onLink: number;
}

type Place = 'before' | 'waiting' | 'onLink';

/** Returns, step by step, where client-to-server data was: on all connections together, or on the one named. */
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
    // The clocks of both ends agree only to a fraction of a millisecond: a frame may seem to arrive before it was sent.
    steps.push({ time: event.time, ...now, before: Math.max(0, now.before) });
  }
  return steps;
}

/** Returns the number of bytes anywhere on the way. */
export const queued = ({ before, waiting, onLink }: QueueStep): number => before + waiting + onLink;

/** Returns the most bytes that were anywhere on the way at one moment. */
export const mostQueued = (steps: readonly QueueStep[]): number => steps.reduce((most, step) => Math.max(most, queued(step)), 0);
