import type { ServerResponse } from 'node:http';
import type { Direction } from '../../protocol/wire/direction.ts';
import type { LinkEnd } from '../../protocol/wire/link.ts';
import { isIdeal, type LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Timers } from '../endpoints/endpoint.ts';
import { CountedLink } from '../tap/counted-link.ts';
import type { ExchangeRecorder } from '../tap/exchange-recorder.ts';
import type { Departure } from '../../protocol/trace/recorder.ts';
import { writtenBytes } from '../tap/written-bytes.ts';

/** The parts of an exchange's link. */
export interface ExchangeLinkParts {
  conditions: LinkConditions;
  recorder: ExchangeRecorder | undefined;
  response: ServerResponse;
  timers: Timers;
  /** Called once, when the link is cut or goes silent. */
  ended: (end: LinkEnd) => void;
  /** Runs what the link's timer starts, and handles what that throws. */
  guarded: (act: () => void) => void;
}

/** A request that crosses the link. */
export interface RequestUnit {
  /** In bytes, head and body. */
  size: number;
  /** The request as it came, if it was observed. */
  bytes: Buffer | undefined;
  /** Called when the request has come to the server's program. */
  arrived: () => void;
  /** Called instead on a simplex link, with the reason: the link itself has to answer. */
  refused: (reason: string) => void;
}

/** A part of the response that crosses the link. */
export interface ResponseUnit {
  /** In bytes. */
  content: number;
  /** The bytes around the content: the head, or the framing of a chunk (RFC 9112 §7.1). */
  framing: number;
  /** Writes the part to the response, once it has come to the socket. */
  write: () => void;
  /** Only the first part has it. */
  status?: number;
  /** True for the last part. */
  final?: boolean;
}

/** A piece that the link carries as a whole. */
interface Unit {
  size: number;
  /** The part's number; -1 for the request. */
  part: number;
  /** Hands it over at the other end. */
  arrive: () => void;
  /** Answers in the link's own name if the link does not carry it in this direction. */
  refuse?: () => void;
}

const up = 'client-to-server';
const down = 'server-to-client';
const simplex = 'This link is simplex: it carries server-to-client alone, and an HTTP exchange needs both directions.';

/** Carries the request and the response of one HTTP exchange over its link, and notes each step of theirs. */
export class ExchangeLink {
  readonly #parts: ExchangeLinkParts;
  /** Absent if the link changes nothing and nobody watches: then nobody can change its conditions. */
  readonly #link: CountedLink<Unit> | undefined;
  #nextPart = 0;
  /** True if the link itself answers: the answer was never at the server and does not cross the link. */
  #answersItself = false;

  constructor(parts: ExchangeLinkParts) {
    const { conditions, recorder, timers, ended, guarded } = parts;
    this.#parts = parts;
    if (!recorder && isIdeal(conditions)) return;
    this.#link = new CountedLink(conditions, timers, {
      departed: (direction, { part }, departure) => this.#departed(direction, part, departure),
      arrived: (_, unit) => unit.arrive(),
      dropped: (direction, unit, why) => this.#dropped(direction, unit, why),
      ended(end) {
        recorder?.linkEnded(end);
        ended(end);
      },
      guarded,
    });
  }

  get conditions(): LinkConditions {
    return this.#link?.conditions ?? this.#parts.conditions;
  }

  set conditions(conditions: LinkConditions) {
    if (this.#link) this.#link.conditions = conditions;
  }

  /** Bytes of the response that wait for the link or are on it. */
  get bytesForClient(): number {
    return this.#link?.held[down] ?? 0;
  }

  /** Carries the request from the socket to the server's program. */
  receive({ size, bytes, arrived, refused }: RequestUnit): void {
    const { recorder } = this.#parts;
    recorder?.requestSent(bytes);
    const arrive = (): void => {
      recorder?.requestReceived();
      arrived();
    };
    const refuse = (): void => {
      this.#answersItself = true;
      refused(simplex);
    };
    if (this.#link) this.#link.send(up, { size, part: -1, arrive, refuse });
    else arrive();
  }

  /** Carries a part of the response from the server's program to the socket. */
  respond({ content, framing, write, status, final = false }: ResponseUnit): void {
    const { recorder, response, timers } = this.#parts;
    const part = this.#nextPart++;
    const told = this.#answersItself ? status : undefined;
    const arrive = (): void => {
      if (!recorder) return write();
      // Take the time before the write: the client may have the bytes before this process goes on.
      const at = timers.now();
      recorder.responseReceived(part, writtenBytes(response, write), final, at, told);
    };
    if (this.#answersItself) return arrive();
    recorder?.responseSent(part, content, status, final);
    if (this.#link) this.#link.send(down, { size: content + framing, part, arrive }, { exempt: true });
    else arrive();
  }

  /** Stops the link for good; what it carried is lost. */
  stop(): void {
    this.#link?.stop();
  }

  #departed(direction: Direction, part: number, departure: Departure): void {
    const { recorder } = this.#parts;
    if (direction === up) recorder?.requestDeparted(departure);
    else recorder?.responseDeparted(part, departure);
  }

  /** A link that has not ended drops a request alone, and only a simplex one does. */
  #dropped(direction: Direction, { part, refuse }: Unit, why: string | undefined): void {
    const { recorder } = this.#parts;
    if (direction === up) recorder?.requestDropped(why ?? simplex);
    else recorder?.responseDropped(part, why ?? simplex);
    if (why === undefined) refuse?.();
  }
}
