/**
 * Messages between the page and the sandboxed frame, as types alone. The page posts one `StartRun` to the frame with one
 * MessagePort per client; from then on each client's Worker talks to the page over its own port.
 *
 * Event times here are fractional milliseconds since the Unix epoch (`performance.timeOrigin + performance.now()`).
 */
import type { TraceEvent } from '../trace/trace.ts';

/** A program to run: JavaScript with its types already stripped, lines and columns kept. */
export interface ClientProgram {
  /** `A`, `B` … */
  client: string;
  /** The file's name, for error messages: `client.ts`. */
  file: string;
  code: string;
}

/** Page to frame, with `clients.length` ports transferred, in the same order. May be sent again to add clients to the run. */
export interface StartRun {
  type: 'start';
  clients: ClientProgram[];
  /** Base of the session's WebSocket addresses, without a trailing slash: `ws://localhost:4321/s/k3jf9`. */
  base: string;
}

/** Frame to page, once, when the frame can take `StartRun`. */
export interface FrameReady {
  type: 'frame-ready';
}

/**
 * Frame to page: the frame's own script failed, or a Worker's script failed before it ran a program. This ends every run in the
 * frame.
 */
export interface FrameFault {
  type: 'frame-fault';
  /** What was thrown, such as `TypeError: x is not a function`. */
  text: string;
}

/** A line of the console. Values are already text, cut to a limited length. */
export interface ConsoleLine {
  type: 'console';
  level: 'log' | 'info' | 'warn' | 'error' | 'debug';
  /** Milliseconds since the Unix epoch. */
  time: number;
  text: string;
}

/** Why the program failed, at the start or while running. `line` and `column` count from 1, if known. */
export interface ProgramError {
  type: 'error';
  kind: 'syntax' | 'thrown' | 'rejected';
  time: number;
  name: string;
  message: string;
  line?: number;
  column?: number;
}

/** A remark from the runner itself, such as that an address was mapped to the sandbox. */
export interface Note {
  type: 'note';
  time: number;
  text: string;
}

/** Console lines were omitted because there were more than the page could take. */
export interface LinesOmitted {
  type: 'omitted';
  count: number;
}

/** The program called `console.clear()`. */
export interface ConsoleCleared {
  type: 'clear';
  time: number;
}

/** The program's module ran to its end and has no open connection. Timers may still be pending; this may be sent again. */
export interface Idle {
  type: 'idle';
  time: number;
}

/** The program has ended its Worker with `close()`: nothing comes after this. */
export interface Closed {
  type: 'closed';
  time: number;
}

/** The runner itself failed, before the program ran or alongside it. `text` is what was thrown. */
export interface Fault {
  type: 'fault';
  time: number;
  text: string;
}

/** An event of the trace, seen at the client's API. */
export interface Traced {
  type: 'event';
  event: TraceEvent;
}

export type WorkerItem = ConsoleLine | ProgramError | Note | LinesOmitted | ConsoleCleared | Idle | Closed | Fault | Traced;

/** Worker to page. The page answers each with a `BatchTaken`; a Worker holds back its output while too many are unanswered. */
export interface Batch {
  type: 'batch';
  items: WorkerItem[];
}

/** Page to Worker. */
export interface BatchTaken {
  type: 'batch-taken';
}

/** Page to Worker, a few times a second: can anything else run? */
export interface Ping {
  type: 'ping';
}

/** Worker to page, in answer to a `Ping`. `time` is the Worker's clock. */
export interface Pong {
  type: 'pong';
  time: number;
}
