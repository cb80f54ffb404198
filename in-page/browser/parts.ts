/** What the browser's side of the in-page network is made of. */
import type { Activity } from '../program/activity.ts';
import type { Network } from '../program/network.ts';
import type { ProgramClock } from '../program/program-clock.ts';

/** Returns so many bytes of the run's chance. */
export type RandomBytes = (length: number) => Uint8Array;

export interface WebSocketParts {
  network: Network;
  clock: ProgramClock;
  /** Counts the reading of Blobs as real work. */
  activity: Activity;
  /** Gives the handshake's key and the masking keys; seeded, so that a run can be had again. */
  random: RandomBytes;
  /** The page's address: relative addresses are resolved against it, and its origin is in the handshake. */
  base: string;
}
