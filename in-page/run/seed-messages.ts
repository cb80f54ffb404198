/**
 * What page, frame and Workers post to each other where one set of programs runs under many seeds, as types alone. The Workers are
 * made once, and take the runs one after another.
 */
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Rest } from '../switch/switch.ts';
import type { Delivered, Delivery, InPageProgram } from './run-messages.ts';

/** What the runs are. Each goes as fast as it can. */
export interface SeedSettings {
  /** Those of every run, but for the seed. */
  conditions: LinkConditions;
  seeds: readonly number[];
  /** Each run ends here, ms of the run. */
  until: number;
}

/** Page to frame, once, with a port to the switch. The server comes first. */
export interface StartSeeds {
  type: 'start-seeds';
  settings: SeedSettings;
  programs: InPageProgram[];
}

/** A run that has come to rest. */
export interface SeedRun {
  seed: number;
  /** The events of its trace, in the order of their times. */
  events: TraceEvent[];
  rest: Rest;
  /** How far it got, ms of the run. */
  now: number;
}

/** Switch to page. */
export type FromSeeds =
  | ({ type: 'seed-run' } & SeedRun)
  /** The runs have failed. `text` is what was thrown. */
  | { type: 'fault'; text: string };

/** Page to switch: a run has been taken. */
export interface SeedRunTaken {
  type: 'seed-run-taken';
}

/** Switch to program: another run begins, and the one before is over. `run` counts from 0. */
export interface BeginRun {
  type: 'begin-run';
  run: number;
  seed: number;
}

/** Switch to program. */
export type ToSeedProgram = BeginRun | ({ type: 'delivery' } & Delivery);

/** Program to switch. */
export interface SeedDelivered extends Delivered {
  /** The run that it belongs to. */
  run: number;
}
