/**
 * What page, frame and Workers of a run in the page post to each other, as types alone. One Worker has the switch; each program
 * has a Worker of its own, with a MessagePort to the switch and one to the page.
 */
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Happening, Outcome } from '../switch/peer.ts';
import type { Rest } from '../switch/switch.ts';

/** Switch to program. Each is answered by what came of it, in the same order. */
export interface Delivery {
  happening: Happening;
  /** ms of the run */
  now: number;
}

/** Program to switch. */
export interface Delivered extends Outcome {
  /** It answers no delivery; see `onStray` of `Peer`. */
  isStray?: boolean;
}

/** How a run goes. */
export interface RunSettings {
  conditions: LinkConditions;
  /** 1 is real time, 0.1 ten times slower, Infinity as fast as it can. */
  speed: number;
  /** A run that goes as fast as it can ends here, ms of the run: many programs would never end. */
  until: number;
}

/** A program to run: JavaScript with its types already stripped, lines and columns kept. */
export interface InPageProgram {
  /** `server`, or a client's letter. */
  name: string;
  /** The file's name, for error messages: `server.ts`. */
  file: string;
  /** Undefined for the sandbox's own server, which runs where the reader wrote none. */
  code: string | undefined;
  /** True for a client whose run has the sandbox's own server: its addresses lead to the endpoints there. */
  isOnStock: boolean;
}

/** Page to frame, once, with the run's port and then one for each program, in their order. The server comes first. */
export interface StartInPage {
  type: 'start-in-page';
  settings: RunSettings;
  programs: InPageProgram[];
}

/** Page to frame, with one port for each program: clients that come later, or a server that is started again. */
export interface JoinInPage {
  type: 'join-in-page';
  programs: InPageProgram[];
}

/** Switch to page. */
export type FromRun =
  | { type: 'events'; events: TraceEvent[]; now: number }
  /** Nothing happens any more unless something comes from outside. */
  | { type: 'rest'; rest: Rest; now: number }
  /** A program has asked for a port on which nobody listens. */
  | { type: 'refused'; program: string; port: number; listening: number[] }
  /** The run itself has failed. `text` is what was thrown. */
  | { type: 'fault'; text: string };

/** Page to switch. */
export type ToRun =
  /** A message of events has been taken. */
  { type: 'taken' } | { type: 'conditions'; conditions: LinkConditions };
