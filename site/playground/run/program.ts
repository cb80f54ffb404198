/** A playground's program, and what a playground starts with. */
import type { ProgramError } from '../../../protocol/messages/runner-messages.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';

/** `resting`: the programs have done all they do for now, and everything on the way has arrived. */
export type RunState = 'ready' | 'starting' | 'running' | 'resting';

/** A program that can be run. */
export interface Program {
  file: string;
  code: string;
}

/** A program ready to run, or the error that stops it. */
export type Compiled = Program | { file: string; error: ProgramError };

/** What a playground starts with. */
export interface ModelOptions {
  /** Origin of the sandbox server. */
  origin: string;
  /** The recorded trace of the unchanged example. */
  recorded: Trace | undefined;
  conditions: Partial<LinkConditions>;
  clients: number;
  /** The program as it is in the editor now. */
  compile(): Promise<Compiled>;
  /** Identifies that program without compiling it. */
  shown(): string;
  /** Shows an error of the program in the editor, or clears it. */
  onProgramError(error: ProgramError | undefined): void;
}
