/** The page's end of one client's port: takes batches, gives credit, and notices when the Worker no longer answers. */
import type { Batch, BatchTaken, Ping, Pong, WorkerItem } from '../../protocol/runner-messages.ts';
import { ClockAlignment } from './clock-alignment.ts';

/** Times of the watchdog, ms, and the most batches that a Worker that keeps to the rules sends within one answer. */
export const channelLimits = { pingEvery: 500, busyAfterPings: 4, answerAfter: 16, batchesBeforeAnswer: 16 };

/** What a channel reports. */
export interface ChannelListener {
  onItem(item: WorkerItem): void;
  /** The Worker does not answer (true), or answers again (false). */
  onBusy(isBusy: boolean): void;
  /** The Worker does not keep to the rules: the reader's code has got at the port and floods it. */
  onFlood(): void;
}

const now = (): number => performance.timeOrigin + performance.now();

/** Listens to a client until `close()`. */
export class ClientChannel {
  readonly #port: MessagePort;
  readonly #listener: ChannelListener;
  readonly #clock = new ClockAlignment();
  readonly #timer: ReturnType<typeof setInterval>;
  #pingSentAt: number | undefined;
  #ticksUnanswered = 0;
  #hasAnswered = false;
  #batchesToAnswer = 0;

  constructor(port: MessagePort, listener: ChannelListener) {
    this.#port = port;
    this.#listener = listener;
    port.onmessage = ({ data }: MessageEvent<Batch | Pong>) => this.#take(data);
    this.#ping();
    // Ticks are counted and not time: while the machine sleeps there are none.
    this.#timer = setInterval(() => this.#tick(), channelLimits.pingEvery);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#port.onmessage = null;
    this.#port.close();
  }

  #take(message: Batch | Pong): void {
    if (message.type === 'pong') return this.#answered(message.time);
    if (++this.#batchesToAnswer > channelLimits.batchesBeforeAnswer) return this.#listener.onFlood();
    // Answered a moment later, so that a program that prints without end leaves the page time to draw.
    if (this.#batchesToAnswer === 1) setTimeout(() => this.#answerBatches(), channelLimits.answerAfter);
    for (const item of message.items) this.#listener.onItem(this.#onPageClock(item));
  }

  #answerBatches(): void {
    for (; this.#batchesToAnswer > 0; this.#batchesToAnswer--) this.#post({ type: 'batch-taken' });
  }

  #onPageClock(item: WorkerItem): WorkerItem {
    const { shift } = this.#clock;
    if (shift === 0) return item;
    if (item.type === 'event') return { ...item, event: { ...item.event, time: item.event.time + shift } };
    return 'time' in item ? { ...item, time: item.time + shift } : item;
  }

  #ping(): void {
    this.#pingSentAt = now();
    this.#post({ type: 'ping' });
  }

  #tick(): void {
    if (this.#pingSentAt === undefined) return this.#ping();
    if (++this.#ticksUnanswered !== channelLimits.busyAfterPings) return;
    this.#listener.onBusy(true);
    const text = this.#hasAnswered
      ? 'The program has been busy for 2 s and lets nothing else run: an endless loop, for example. Stop ends it.'
      : 'The program has not started within 2 s. Press Stop, then Run; if that does not help, reload the page.';
    this.#listener.onItem({ type: 'note', time: now(), text });
  }

  #answered(workerTime: number): void {
    if (this.#pingSentAt !== undefined) this.#clock.exchanged(this.#pingSentAt, workerTime, now());
    this.#pingSentAt = undefined;
    this.#hasAnswered = true;
    if (this.#ticksUnanswered >= channelLimits.busyAfterPings) this.#listener.onBusy(false);
    this.#ticksUnanswered = 0;
  }

  #post(message: BatchTaken | Ping): void {
    this.#port.postMessage(message);
  }
}
