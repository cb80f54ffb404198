import { z } from 'zod';
import { eventsMessage, type TapToPage, type TapToSandbox } from '../../protocol/messages/tap-messages.ts';
import type { EventsOmitted } from '../../protocol/trace/trace.ts';
import type { Cancel, Timers } from '../endpoints/endpoint.ts';
import { parseShallow } from '../endpoints/shallow-json.ts';
import { conditionsSchema } from '../link-conditions.ts';

/** How long to gather events before they go out together, in ms. */
const batchEvery = 10;
/** The most events in one message: as many as a page reads without a visible pause. */
const mostTogether = 250;

/** What a tap channel needs from its connection. */
interface TapConnection {
  readonly queuedBytes: number;
  send(data: string): void;
  onMessage(listener: (data: string | Uint8Array) => void): void;
  onClose(listener: () => void): void;
  guarded(act: () => void): () => void;
}

const fromPage: z.ZodType<TapToSandbox> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('clock'), sentAt: z.number() }),
  z.strictObject({ type: z.literal('conditions'), conditions: conditionsSchema }),
]);

/** The parts of a tap channel. Infinity lifts a bound. */
export interface TapChannelParts {
  connection: TapConnection;
  timers: Timers;
  maxBytes: number;
  maxEvents: number;
  /** Called when the page asks for other link conditions. */
  changeConditions: (conditions: (TapToSandbox & { type: 'conditions' })['conditions']) => void;
}

/**
 * Sends a session's events to one page, in batches. When the page reads slower than the wire speaks, the channel leaves out
 * events and counts them exactly, per connection; then a mark with the count stands where they would have been.
 */
export class TapChannel {
  readonly #parts: TapChannelParts;
  /** Events as JSON text. */
  #queue: string[] = [];
  #queuedBytes = 0;
  readonly #omitted = new Map<string, number>();
  #flush: Cancel | undefined;
  /** Sends what has gathered. A fault closes the tap: it would be silent from then on, and its page would not know. */
  readonly #flushDue: () => void;

  constructor(parts: TapChannelParts) {
    this.#parts = parts;
    this.#flushDue = parts.connection.guarded(() => this.#sendBatch());
    parts.connection.onMessage((data) => this.#received(data));
    parts.connection.onClose(() => this.#flush?.());
  }

  /** Takes an event of `connection`, as JSON text. */
  add(connection: string, event: string): void {
    const { maxBytes, maxEvents, timers } = this.#parts;
    const bytes = this.#queuedBytes + this.#parts.connection.queuedBytes + event.length;
    // Once we leave one out, leave out all until the next batch: the mark has one place in the order of events.
    if (this.#omitted.size > 0 || bytes > maxBytes || this.#queue.length >= maxEvents) {
      this.#omitted.set(connection, (this.#omitted.get(connection) ?? 0) + 1);
    } else {
      this.#queue.push(event);
      this.#queuedBytes += event.length;
    }
    // A tap that was quiet sends at the end of this turn of the event loop.
    this.#flush ??= timers.after(0, this.#flushDue);
  }

  /** Sends a message ahead of waiting events. */
  send(message: TapToPage): void {
    this.#parts.connection.send(JSON.stringify(message));
  }

  #sendBatch(): void {
    const { connection, timers, maxBytes } = this.#parts;
    if (this.#omitted.size > 0 && connection.queuedBytes <= maxBytes / 2) this.#markOmitted();
    const wasQuiet = this.#queue.length === 0 && this.#omitted.size === 0;
    for (let i = 0; i < this.#queue.length; i += mostTogether) {
      connection.send(eventsMessage(this.#queue.slice(i, i + mostTogether)));
    }
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#flush = wasQuiet ? undefined : timers.after(batchEvery, this.#flushDue);
  }

  #markOmitted(): void {
    for (const [connection, count] of this.#omitted) {
      const mark: EventsOmitted = { time: this.#parts.timers.now(), at: 'socket', connection, name: 'events_omitted', count };
      this.#queue.push(JSON.stringify(mark));
    }
    this.#omitted.clear();
  }

  #received(data: string | Uint8Array): void {
    const { timers } = this.#parts;
    const receivedAt = timers.now();
    const message = readMessage(data);
    if (typeof message === 'string') this.send({ type: 'error', message });
    else if (message.type === 'clock') this.send({ type: 'clock', sentAt: message.sentAt, receivedAt, answeredAt: timers.now() });
    else this.#parts.changeConditions(message.conditions);
  }
}

/** Returns the message, or a sentence that says what is wrong with it. */
function readMessage(data: string | Uint8Array): TapToSandbox | string {
  if (typeof data !== 'string') return 'The tap takes text messages with JSON; this one is binary.';
  let json: unknown;
  try {
    json = parseShallow(data);
  } catch {
    return 'The tap takes JSON; this message is not.';
  }
  const result = fromPage.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.');
  return `The tap cannot take this message: ${where ? `"${where}": ` : ''}${issue?.message ?? 'it is not of a known type'}.`;
}
