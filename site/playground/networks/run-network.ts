/** The one seam between a playground and what its programs talk on: the live network, or the one in this page. */
import type { ProgramError } from '../../../protocol/messages/runner-messages.ts';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import type { ConsoleLog } from '../console-log.ts';
import type { Program } from '../run/program.ts';
import type { TraceStore } from '../trace-store.ts';

/** What is run. */
export interface RunPlan {
  client: Program;
  /** Undefined where the reader wrote none. */
  server: Program | undefined;
  /** The names of the clients, each of which runs the client's program. */
  clients: readonly string[];
}

/** What a run reports, and asks. */
export interface RunListener {
  log: ConsoleLog;
  /** The conditions of the link now. */
  conditions(): LinkConditions;
  /** The current number of clients. */
  clients(): number;
  onProgramError(file: string, error: ProgramError): void;
  /** Every program is at rest and nothing is on the way (true), or a program has gone on (false). */
  onRest(isResting: boolean): void;
  /** A program has blocked its thread for 2 s (true), or goes on (false). */
  onBusy(program: string, isBusy: boolean): void;
  /** The run was ended, not by the reader. `why` is a sentence; `program` is absent if no program caused it. */
  onEnded(why: string, program?: string): void;
  /** From here on the trace misses part of the run. `why` is a sentence. */
  onLacking(why: string): void;
}

/** A run that has been made ready, or is on. */
export interface NetworkRun {
  readonly store: TraceStore;
  /** Returns the trace's time now; undefined where the run does not go at the pace of a clock. */
  readonly present: (() => number) | undefined;
  /** Starts the programs. */
  begin(): void;
  /** Adds a client that runs the client's program. */
  add(client: string): void;
  /** Ends the server's program and starts this one in its place; undefined where the reader cannot do that. */
  restartServer?(program: Program): void;
  /** Changes the link for the rest of the run. */
  setConditions(changed: Partial<LinkConditions>): void;
  /** Ends it at once, and reports nothing more. The store keeps what was captured. */
  end(): void;
}

export interface RunNetwork {
  /** Loads and warms up what a run needs, when one seems near. `mayOpen` is false while another run is on. */
  prepare(conditions: LinkConditions, mayOpen: boolean): void;
  /** Makes a run ready. Rejects with a SandboxError or a PartError, whose message is for the reader. */
  open(plan: RunPlan, listener: RunListener): Promise<NetworkRun>;
}
