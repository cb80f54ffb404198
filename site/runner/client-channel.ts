/** The page's end of one client's port: takes batches, gives credit, and notices when the Worker no longer answers. */
import type { BatchTaken, Ping, WorkerItem } from '../../protocol/messages/runner-messages.ts';
import { ClientEvents } from './client-events.ts';
import { ClockAlignment } from './clock-alignment.ts';
import { charactersOf } from './item-size.ts';
import { BrokenRule } from './read-event.ts';
import { readMessage } from './read-message.ts';

/** Times are in ms. */
export const channelLimits = {
  pingEvery: 500,
  busyAfterPings: 4,
  /** The earliest that a batch is answered. */
  answerAfter: 16,
  /** What a batch costs of the page's time: at least this, or its characters at `charactersPerMs` if that is more. */
  batchTakes: 4,
  charactersPerMs: 100,
  /** A Worker that keeps to the rules never has more batches unanswered. */
  batchesBeforeAnswer: 16,
  /** The least time between two events of one client. */
  moment: 0.001,
};

/** What a channel reports. */
export interface ChannelListener {
  onItem(item: WorkerItem): void;
  /** The Worker has stopped answering (true), or answers again (false). */
  onBusy(isBusy: boolean): void;
  /** The Worker broke the rules, so the reader's code has got at the port. `why` is a sentence. */
  onBroken(why: string): void;
}

const words = {
  flood: 'The program was stopped: it sent the page more than it could take.',
  broken: 'The program was stopped: it sent the page something that no program here sends. Nothing more from it is shown.',
  leftOut: 'This program does more than a timeline can show: what it does from here on is not in the trace.',
  busy: 'The program has been busy for 2 s and lets nothing else run: an endless loop, for example. Stop ends it.',
  notStarted: 'The program has not started within 2 s. Press Stop, then Run; if that does not help, reload the page.',
};

const now = (): number => performance.timeOrigin + performance.now();

/** Listens to a client until `close()`. */
export class ClientChannel {
  readonly #port: MessagePort;
  readonly #client: string;
  readonly #listener: ChannelListener;
  readonly #clock = new ClockAlignment();
  readonly #events = new ClientEvents();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #openedAt = now();
  /** When to answer each batch. */
  readonly #answersDue: number[] = [];
  #lastDue = 0;
  #answerTimer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  /** The client's latest event, on the Worker's clock and the page's. */
  #latest = { workerTime: -Infinity, time: -Infinity };
  #pingSentAt: number | undefined;
  #ticksUnanswered = 0;
  #hasAnswered = false;

  constructor(port: MessagePort, client: string, listener: ChannelListener) {
    this.#port = port;
    this.#client = client;
    this.#listener = listener;
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#take(data);
    port.onmessageerror = () => listener.onBroken(words.broken);
    this.#ping();
    // Counts ticks instead of time, because there are no ticks while the machine sleeps.
    this.#timer = setInterval(() => this.#tick(), channelLimits.pingEvery);
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#answerTimer);
    this.#port.onmessage = null;
    this.#port.close();
  }

  #take(data: unknown): void {
    try {
      const message = readMessage(data, this.#client);
      if (message.type === 'pong') return this.#answered(message.time);
      this.#answerLater(message.items);
      if (this.#answersDue.length > channelLimits.batchesBeforeAnswer) return this.#listener.onBroken(words.flood);
      for (const item of message.items) if (!this.#isClosed) this.#takeItem(item);
    } catch (problem) {
      if (!(problem instanceof BrokenRule)) throw problem;
      this.#listener.onBroken(words.broken);
    }
  }

  #takeItem(item: WorkerItem): void {
    if (item.type === 'event' && !this.#events.take(item.event)) {
      if (this.#events.leftOut === 1) this.#listener.onItem({ type: 'note', time: now(), text: words.leftOut });
      return;
    }
    // The Worker will not answer again, so stop waiting for it.
    if (item.type === 'closed') clearInterval(this.#timer);
    this.#listener.onItem(this.#onPageClock(item));
  }

  /** Delays the answer, longer for more text, so that a program that prints without end leaves the page time to draw. */
  #answerLater(items: readonly WorkerItem[]): void {
    const characters = items.reduce((sum, item) => sum + charactersOf(item), 0);
    const takes = Math.max(channelLimits.batchTakes, characters / channelLimits.charactersPerMs);
    this.#lastDue = Math.max(this.#lastDue, now()) + takes;
    this.#answersDue.push(this.#lastDue);
    this.#setAnswerTimer();
  }

  #setAnswerTimer(): void {
    const due = this.#answersDue[0];
    if (due === undefined) return;
    this.#answerTimer ??= setTimeout(
      () => {
        this.#answerTimer = undefined;
        for (const time = now(); (this.#answersDue[0] ?? Infinity) <= time; this.#answersDue.shift())
          this.#post({ type: 'batch-taken' });
        this.#setAnswerTimer();
      },
      Math.max(channelLimits.answerAfter, due - now()),
    );
  }

  /** Puts the item on the page's clock, no earlier than the run and no later than now. */
  #onPageClock(item: WorkerItem): WorkerItem {
    const onClock = (time: number): number => Math.min(Math.max(time + this.#clock.shift, this.#openedAt), now());
    if (item.type === 'event') {
      const { time } = item.event;
      return { ...item, event: { ...item.event, time: this.#inOrder(time, onClock(time)) } };
    }
    return 'time' in item ? { ...item, time: onClock(item.time) } : item;
  }

  /** Firefox's clock counts whole ms and cannot order events within one, so each is put a moment after the one before. */
  #inOrder(workerTime: number, time: number): number {
    const { workerTime: before, time: shown } = this.#latest;
    if (workerTime < before) return time;
    this.#latest = { workerTime, time: Math.max(time, shown + channelLimits.moment) };
    return this.#latest.time;
  }

  #ping(): void {
    this.#pingSentAt = now();
    this.#post({ type: 'ping' });
  }

  #tick(): void {
    if (this.#pingSentAt === undefined) return this.#ping();
    if (++this.#ticksUnanswered !== channelLimits.busyAfterPings) return;
    this.#listener.onBusy(true);
    this.#listener.onItem({ type: 'note', time: now(), text: this.#hasAnswered ? words.busy : words.notStarted });
  }

  #answered(workerTime: number): void {
    if (this.#pingSentAt === undefined) throw new BrokenRule('an answer to a ping');
    this.#clock.exchanged(this.#pingSentAt, workerTime, now());
    this.#pingSentAt = undefined;
    this.#hasAnswered = true;
    if (this.#ticksUnanswered >= channelLimits.busyAfterPings) this.#listener.onBusy(false);
    this.#ticksUnanswered = 0;
  }

  #post(message: BatchTaken | Ping): void {
    this.#port.postMessage(message);
  }
}
