/**
 * Cause and effect in a trace: pairs of sightings of which one must precede the other, because both are of one thing on its way
 * between a client's program and the server's socket. Client and server have clocks of their own, so each pair bounds how far
 * apart these clocks are (`site/playground/clocks/server-clock.ts`).
 */
import { FrameParser, Opcode } from '../wire/frame.ts';
import { type FrameMoved, type TraceEvent, fromHex } from './trace.ts';

/** Two sightings: `effect` cannot precede `cause`. */
export interface CausalPair {
  cause: TraceEvent;
  effect: TraceEvent;
}

/** Joins causes and effects by name, whichever comes first. If several causes share a name, the first counts. */
export class Meetings {
  readonly #causes = new Map<string, TraceEvent>();
  readonly #waiting = new Map<string, TraceEvent[]>();

  cause(name: string, cause: TraceEvent): CausalPair[] {
    if (this.#causes.has(name)) return [];
    this.#causes.set(name, cause);
    const effects = this.#waiting.get(name) ?? [];
    this.#waiting.delete(name);
    return effects.map((effect) => ({ cause, effect }));
  }

  effect(name: string, effect: TraceEvent): CausalPair[] {
    const cause = this.#causes.get(name);
    if (cause) return [{ cause, effect }];
    const waiting = this.#waiting.get(name);
    if (waiting) waiting.push(effect);
    else this.#waiting.set(name, [effect]);
    return [];
  }
}

/** What the server sent on one connection, as far as pairs need it. */
interface Sent {
  /** Maps the number of a frame to the message that ends with it. */
  messages: Map<number, number>;
  /** The number of the Close frame, and whether it has reached the socket. */
  close: number | undefined;
  closeArrived: boolean;
}

/**
 * Finds the pairs between a client's program and the server's socket as events come. Events of one vantage point come in order.
 */
export class CrossingPairs {
  readonly #meetings = new Meetings();
  readonly #sent = new Map<string, Sent>();
  readonly #bodies = new Map<string, BodyRead>();
  /** Preflights, which the program does not know about. */
  readonly #preflights = new Set<number>();

  /** Takes the next event; returns the pairs that it completes. */
  add(event: TraceEvent): CausalPair[] {
    return 'request' in event ? this.#ofExchange(event) : this.#ofConnection(event);
  }

  #ofConnection(event: TraceEvent): CausalPair[] {
    const { connection: id } = event;
    const meetings = this.#meetings;
    switch (event.name) {
      case 'connection_started':
        return meetings.cause(`${id} open`, event);
      case 'handshake_sent':
        return event.at === 'socket' ? meetings.effect(`${id} open`, event) : [];
      case 'handshake_received':
        return event.at === 'socket' ? meetings.cause(`${id} opened`, event) : [];
      case 'connection_opened':
        return event.at === 'client' ? meetings.effect(`${id} opened`, event) : [];
      case 'message_sent':
        return meetings.cause(`${id} up ${event.message}`, event);
      case 'message_received':
        return meetings.effect(`${id} down ${event.message}`, event);
      case 'close_called':
        return meetings.cause(`${id} close ${event.code ?? ''}`, event);
      case 'connection_closed':
        return event.at === 'client' && event.wasClean ? meetings.effect(`${id} closed`, event) : [];
      case 'frame_sent':
        return event.at === 'socket' ? this.#fromClient(event) : this.#fromServer(event);
      case 'frame_received':
        return event.at === 'socket' ? this.#atSocket(event) : [];
      default:
        return [];
    }
  }

  #fromClient(event: TraceEvent & { name: 'frame_sent' }): CausalPair[] {
    const { connection: id, opcode, message } = event;
    if (opcode === Opcode.text || opcode === Opcode.binary) return this.#meetings.effect(`${id} up ${message}`, event);
    // The browser answers the server's Close by itself: nobody called `close()` for it.
    if (opcode !== Opcode.close || this.#sent.get(id)?.closeArrived) return [];
    return this.#meetings.effect(`${id} close ${closeCodeOf(event.bytes)}`, event);
  }

  #fromServer({ connection: id, opcode, fin, message, frame }: TraceEvent & { name: 'frame_sent' }): CausalPair[] {
    let sent = this.#sent.get(id);
    if (!sent) this.#sent.set(id, (sent = { messages: new Map(), close: undefined, closeArrived: false }));
    if (opcode === Opcode.close) sent.close ??= frame;
    // A message has arrived once its last frame has.
    else if (fin && message !== undefined) sent.messages.set(frame, message);
    return [];
  }

  #atSocket(event: FrameMoved): CausalPair[] {
    const { connection: id, frame } = event;
    const sent = this.#sent.get(id);
    if (!sent) return [];
    if (sent.close === frame) {
      sent.closeArrived = true;
      return this.#meetings.cause(`${id} closed`, event);
    }
    const message = sent.messages.get(frame);
    sent.messages.delete(frame);
    return message === undefined ? [] : this.#meetings.cause(`${id} down ${message}`, event);
  }

  #ofExchange(event: TraceEvent & { request?: number; exchange?: number }): CausalPair[] {
    const { exchange, request } = event;
    const id = `${event.connection} ${request}`;
    const meetings = this.#meetings;
    if (event.name === 'exchange_started') {
      if (event.at === 'client') return meetings.cause(`${id} ask`, event);
      if (event.method === 'OPTIONS') this.#preflights.add(exchange ?? -1);
      else this.#bodyOf(id).began();
      return meetings.effect(`${id} ask`, event);
    }
    if (exchange !== undefined && this.#preflights.has(exchange)) return [];
    switch (event.name) {
      case 'response_sent':
        return this.#bodyOf(id).sent(event.part, event.length ?? 0);
      case 'response_received':
        if (event.at === 'client') return meetings.effect(`${id} head`, event);
        return [
          ...(event.part === 0 ? meetings.cause(`${id} head`, event) : []),
          ...idsIn(event.bytes).flatMap((eventId) => meetings.cause(`${id} event ${eventId}`, event)),
          ...(event.final ? meetings.cause(`${id} whole`, event) : []),
          ...this.#bodyOf(id).arrived(event.part, event),
        ];
      case 'chunk_read':
        return this.#bodyOf(id).read(event);
      case 'event_received':
        return event.lastEventId === '' ? [] : meetings.effect(`${id} event ${event.lastEventId}`, event);
      case 'exchange_ended':
        return event.at === 'client' && event.complete ? meetings.effect(`${id} whole`, event) : [];
      default:
        return [];
    }
  }

  #bodyOf(id: string): BodyRead {
    let body = this.#bodies.get(id);
    if (!body) this.#bodies.set(id, (body = new BodyRead()));
    return body;
  }
}

/**
 * Matches a response's content as the server wrote it, part by part, with what the program read: no byte is read before its part
 * has come.
 */
class BodyRead {
  #exchanges = 0;
  readonly #lengths: number[] = [];
  readonly #arrived: TraceEvent[] = [];
  #reading: { event: TraceEvent; upTo: number }[] = [];
  #read = 0;

  /** Notes that an exchange began. If a browser retries for the program, nobody knows which answer was read. */
  began(): void {
    this.#exchanges++;
  }

  sent(part: number, length: number): CausalPair[] {
    this.#lengths[part] = length;
    return this.#pairs();
  }

  arrived(part: number, event: TraceEvent): CausalPair[] {
    this.#arrived[part] = event;
    return this.#pairs();
  }

  read(event: TraceEvent & { name: 'chunk_read' }): CausalPair[] {
    this.#read += event.length ?? NaN;
    if (!Number.isNaN(this.#read)) this.#reading.push({ event, upTo: this.#read });
    return this.#pairs();
  }

  #pairs(): CausalPair[] {
    if (this.#exchanges !== 1) return [];
    const pairs: CausalPair[] = [];
    this.#reading = this.#reading.filter(({ event, upTo }) => {
      const cause = this.#arrived[this.#partWith(upTo)];
      if (cause) pairs.push({ cause, effect: event });
      return !cause;
    });
    return pairs;
  }

  /** Returns the number of the part that holds the content's byte before `end`; -1 while it is unknown. */
  #partWith(end: number): number {
    let sum = 0;
    return this.#lengths.findIndex((length) => (sum += length) >= end);
  }
}

const idField = '69643a20'; // "id: "

/** Returns the ids in a piece of an event stream (HTML §9.2.6). */
function idsIn(bytes = ''): string[] {
  if (!bytes.includes(idField)) return [];
  return [...new TextDecoder().decode(fromHex(bytes)).matchAll(/^id: (.*)$/gm)].map(([, id = '']) => id);
}

/** Returns the code of a Close frame (RFC 6455 §5.5.1); empty if it has none. */
function closeCodeOf(bytes: string): string {
  const [high, low] = new FrameParser().push(fromHex(bytes))[0]?.payload ?? [];
  return high === undefined || low === undefined ? '' : `${high * 256 + low}`;
}
