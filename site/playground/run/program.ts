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

/** An error of a program, and the file in which it is. */
export interface FileProblem {
  file: string;
  error: ProgramError;
}

/** A program ready to run, or the error that stops it. */
export type Compiled = Program | FileProblem;

/** What Run is to run: the client's program and, where the reader wrote one, the server's. */
export interface CompiledFiles {
  client: Compiled;
  server: Compiled | undefined;
  /** What to tell the reader before they run. */
  remarks?: readonly Remark[];
}

/** What a file is, if it is not what it should be, and what to do instead. */
export interface Remark {
  level: 'note' | 'error';
  text: string;
  /** True if nothing in it could run. */
  isFinal: boolean;
}

/** Where programs run: on the sandbox server's network, or in this page alone. */
export type NetworkName = 'live' | 'in-page';

/** What a playground starts with. */
export interface ModelOptions {
  /** Origin of the sandbox server. */
  origin: string;
  /** The recorded trace of the unchanged example. */
  recorded: Trace | undefined;
  conditions: Partial<LinkConditions>;
  clients: number;
  /** Why the network in this page cannot show the example's point, as in `needs-live.ts`; undefined if it can. */
  needsLive?: string | undefined;
  /** Resolves once the programs to be run are in the editor; undefined where they are. */
  ready?(): Promise<void> | undefined;
  /** True if there is a server's program. It runs in this page, since it could run nowhere else. Reads signals. */
  hasServer(): boolean;
  /** The programs as they are in the editor now. */
  compile(): Promise<CompiledFiles>;
  /** The server's program alone; undefined where there is none. */
  compileServer(): Promise<Compiled | undefined>;
  /** Identifies these programs without compiling them. */
  shown(): string;
  /** Shows an error of a program in the editor, or clears it. */
  onProgramError(problem: FileProblem | undefined): void;
}
