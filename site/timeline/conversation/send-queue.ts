/**
 * Works out how many bytes wait at an end: sent by its program, but not on the link yet. Either end may be the sender, and the answer
 * comes from columns of numbers, since a live run asks for it again and again. Where a client's bytes are on their whole way,
 * `protocol/measures/upload-queue.ts` says: it judges programs, and counts what the browser holds from each `send()` rather than from
 * looks at `bufferedAmount`.
 */
import type { Flight } from '../../../protocol/trace/flight.ts';
import { firstKnown, type FlightRows, isPicked, FlightFlag, rowsOf } from '../../../protocol/trace/flight-table.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';
import { type BufferReading, heldByBrowser } from './browser-buffer.ts';

/** How many bytes wait from each time on. */
export interface SendQueue {
  /** In order, ms. */
  times: number[];
  /** One for each time. Two lists of numbers, since every animation frame reads them all. */
  bytes: number[];
  /** The most bytes that waited at one moment, and since when. */
  most: number;
  mostAt: number;
}

/** The shortest wait that makes a queue, ms: anything less is a frame's own time. */
const leastWait = 20;
/** The fewest frames that make a queue: it takes more than one waiting for its turn. */
const leastFrames = 3;

/** Bytes that came into the queue or left it: when, how many, and in how many frames. In the order they were heard of. */
class Changes {
  readonly times: number[] = [];
  readonly bytes: number[] = [];
  readonly frames: number[] = [];
  #isSorted = true;

  add(time: number, bytes: number, frames: number): void {
    if (time < (this.times.at(-1) ?? -Infinity)) this.#isSorted = false;
    this.times.push(time);
    this.bytes.push(bytes);
    this.frames.push(frames);
  }

  /** Returns the places in the order of time; undefined if they already stand in that order. */
  order(): readonly number[] | undefined {
    if (this.#isSorted) return undefined;
    // They are nearly in order: an array's sort then needs few comparisons, a typed array's as many as ever.
    return Array.from(this.times, (_, place) => place).sort((a, b) => (this.times[a] as number) - (this.times[b] as number));
  }
}

/**
 * Returns the queue of one direction at its sending end; undefined if there was none worth the name. `readings` says what the
 * browser itself still held, for each connection (its id).
 */
export function queueOf(
  flights: readonly Flight[] | FlightRows,
  direction: Direction,
  readings: readonly { id: string; buffered: readonly BufferReading[] }[] = [],
): SendQueue | undefined {
  const rows = rowsOf(flights);
  const { columns } = rows;
  const { length, looks, sentAt, queuedAt, linkFrom, droppedAt, bytes: sizes } = columns;
  const wanted = direction === 'server-to-client' ? FlightFlag.fromServer : 0;
  // Bytes come in the order of time and leave in it: keep two ordered lists, rather than one that needs sorting.
  const came = new Changes();
  const left = new Changes();
  let hasLong = false;
  for (let i = 0; i < length; i++) {
    if (((looks[i] as number) & (FlightFlag.fromServer | FlightFlag.handshake)) !== wanted) continue;
    if (!isPicked(rows, i)) continue;
    const from = firstKnown(queuedAt[i], sentAt[i]);
    const to = firstKnown(linkFrom[i], droppedAt[i]);
    // The end of a frame that still waits is NaN.
    if (to - from < 1) continue;
    came.add(from, sizes[i] as number, 1);
    if (Number.isNaN(to)) continue;
    left.add(to, -(sizes[i] as number), -1);
    hasLong ||= to - from >= leastWait;
  }
  if (!hasLong && readings.every(({ buffered }) => buffered.length === 0)) return undefined;
  for (const { id, buffered } of readings) {
    let before = 0;
    for (const [time, amount] of heldByBrowser(columns, columns.numberOf(id), buffered)) {
      came.add(time, amount - before, leastFrames * (Math.sign(amount) - Math.sign(before)));
      before = amount;
    }
  }
  const queue: SendQueue = { times: [], bytes: [], most: 0, mostAt: 0 };
  let [bytes, frames, mostFrames, last] = [0, 0, 0, NaN];
  const [cameOrder, leftOrder] = [came.order(), left.order()];
  for (let i = 0, j = 0; i < came.times.length || j < left.times.length;) {
    const nextCame = cameOrder ? (cameOrder[i] as number) : i;
    const nextLeft = leftOrder ? (leftOrder[j] as number) : j;
    const isComing =
      i < came.times.length && (j >= left.times.length || (came.times[nextCame] as number) < (left.times[nextLeft] as number));
    const changes = isComing ? came : left;
    const place = isComing ? nextCame : nextLeft;
    if (isComing) i++;
    else j++;
    const time = changes.times[place] as number;
    bytes += changes.bytes[place] as number;
    frames += changes.frames[place] as number;
    if (frames > mostFrames) mostFrames = frames;
    if (bytes > queue.most) [queue.most, queue.mostAt] = [bytes, time];
    if (time !== last) queue.times.push((last = time));
    queue.bytes[queue.times.length - 1] = bytes;
  }
  return mostFrames >= leastFrames ? queue : undefined;
}
