import type { Audience, Connection } from '../../endpoints/endpoint.ts';
import type { Batch } from './batch.ts';
import { type FrameWriter, large } from './frame-writer.ts';
import type { Tick } from './tick.ts';

/** A connection with its own writer. One without is behind a link or compresses, and gets its messages separately. */
export interface Member extends Connection {
  readonly writer?: FrameWriter | undefined;
  readonly isOpen?: boolean;
}

/**
 * Connections that are sent the same messages. Members that were sent nothing of their own in this turn are in step. They share
 * one batch, so a message costs the same whether a room has ten members or a thousand, and each is written to once, at the end
 * of the turn. A member that is sent something else steps out until the turn ends, and takes along what it is owed.
 */
export class SharedAudience implements Audience {
  readonly #turn: Tick;
  readonly failed: (error: unknown) => void;
  readonly #inStep = new Set<Member>();
  readonly #apart = new Set<Member>();
  /** The batch owed to the members in step. */
  #batch: Batch | undefined;
  #awaitsEnd = false;

  /** `failed` hears of a fault that is no member's. */
  constructor(turn: Tick, failed: (error: unknown) => void) {
    this.#turn = turn;
    this.failed = failed;
  }

  get size(): number {
    return this.#inStep.size + this.#apart.size;
  }

  add(member: Member): void {
    // The others may be owed messages that were sent before this member came.
    this.#apart.add(member);
    if (!member.writer) return;
    member.writer.audience = {
      batch: () => (this.#inStep.has(member) ? this.#batch : undefined),
      stepOut: () => this.#stepOut(member),
    };
    this.#awaitEnd();
  }

  delete(member: Member): void {
    this.#inStep.delete(member);
    this.#apart.delete(member);
    if (member.writer) member.writer.audience = undefined;
  }

  send(data: string | Uint8Array, except?: Member): void {
    if (except) this.#stepOut(except);
    if (this.#inStep.size > 0) {
      this.#batch = (this.#batch ?? this.#turn.start).with(this.#turn.frame(data));
      this.#awaitEnd();
      if (this.#batch.size >= large) this.#write();
    }
    for (const member of this.#apart) if (member !== except) member.send(data);
  }

  /** Called at the end of the turn: writes what is owed and puts all members in step again. */
  flush(): void {
    this.#awaitsEnd = false;
    this.#write();
    for (const member of this.#apart) {
      if (!member.writer || !member.isOpen) continue;
      this.#apart.delete(member);
      this.#inStep.add(member);
    }
  }

  #write(): void {
    const batch = this.#batch;
    this.#batch = undefined;
    if (!batch) return;
    for (const { writer } of this.#inStep) {
      try {
        writer?.write(batch);
      } catch (error) {
        writer?.failed(error);
      }
    }
  }

  #stepOut(member: Member): void {
    if (!this.#inStep.delete(member)) return;
    this.#apart.add(member);
    if (this.#batch) member.writer?.owe(this.#batch);
    this.#awaitEnd();
  }

  #awaitEnd(): void {
    if (!this.#awaitsEnd) this.#turn.add(this);
    this.#awaitsEnd = true;
  }
}
