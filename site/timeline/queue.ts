/** How many bytes wait at an end: sent by its program, and not on the link yet. */
import type { Flight } from '../../protocol/flight.ts';
import type { Direction } from '../../protocol/trace.ts';

/** From each time on, so many bytes wait: in the order of time. */
export interface Queue {
  steps: [time: number, bytes: number][];
  /** The most that waited at one moment, bytes, and since when. */
  most: number;
  mostAt: number;
}

/** What waits for less than this is a frame's own time, and no queue; ms. */
const leastWait = 20;
/** A queue is more than one that waits for its turn. */
const leastFrames = 3;

/** What `buffer_read` events say of one connection. */
export interface BufferReading {
  time: number;
  amount: number;
}

interface Step {
  time: number;
  bytes: number;
  frames: number;
}

/**
 * The queue of one direction at its sending end; undefined where there was none worth the name. `readings`: what the browser
 * itself still held, for each connection.
 */
export function queueOf(
  flights: readonly Flight[],
  direction: Direction,
  readings: readonly (readonly BufferReading[])[] = [],
): Queue | undefined {
  const changes: Step[] = [];
  let isLong = false;
  for (const flight of flights) {
    if (flight.direction !== direction || flight.kind === 'handshake') continue;
    const from = flight.onLink?.queuedAt ?? flight.sentAt;
    const to = flight.onLink?.from ?? flight.dropped?.at;
    if (to !== undefined && to - from < 1) continue;
    if (to !== undefined && to - from >= leastWait) isLong = true;
    changes.push({ time: from, bytes: flight.length, frames: 1 });
    if (to !== undefined) changes.push({ time: to, bytes: -flight.length, frames: -1 });
  }
  for (const own of readings) {
    let before = 0;
    for (const { time, amount } of own) {
      changes.push({ time, bytes: amount - before, frames: leastFrames * (Math.sign(amount) - Math.sign(before)) });
      before = amount;
      isLong = true;
    }
  }
  if (!isLong) return undefined;
  changes.sort((a, b) => a.time - b.time);
  const queue: Queue = { steps: [], most: 0, mostAt: 0 };
  let [bytes, frames, mostFrames] = [0, 0, 0];
  for (const { time, bytes: more, frames: moreFrames } of changes) {
    bytes += more;
    frames += moreFrames;
    mostFrames = Math.max(mostFrames, frames);
    if (bytes > queue.most) Object.assign(queue, { most: bytes, mostAt: time });
    const last = queue.steps.at(-1);
    if (last?.[0] === time) last[1] = bytes;
    else queue.steps.push([time, bytes]);
  }
  return mostFrames >= leastFrames ? queue : undefined;
}
