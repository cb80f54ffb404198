/** What the browser's side of the in-page network is made of. */
import type { Activity } from '../program/activity.ts';
import type { Network, OwnLink } from '../program/network.ts';
import type { ProgramClock } from '../program/program-clock.ts';

/** Returns so many bytes of the run's chance. */
export type RandomBytes = (length: number) => Uint8Array;

/** What a program asks with; `read` is a request with GET or HEAD, and `write` one with another method. */
export type AskingBy = 'WebSocket' | 'EventSource' | 'read' | 'write';

export interface WebSocketParts {
  network: Network;
  clock: ProgramClock;
  /** Counts the reading of Blobs as real work. */
  activity: Activity;
  /** Gives the handshake's key and the masking keys; seeded, so that a run can be had again. */
  random: RandomBytes;
  /** The page's address: relative addresses are resolved against it, and its origin is in the handshake. */
  base: string;
  /** Says where an address of the program leads, if not where it says; the trace keeps it as it is written. */
  lead?: ((address: string, by: AskingBy) => string) | undefined;
  /** Returns the conditions that an address sets for its link, where the run's server is one that takes them. */
  linkOf?: ((url: URL) => OwnLink) | undefined;
}

/** Returns where an address of the program leads. */
export const ledBy = ({ lead }: Pick<WebSocketParts, 'lead'>, address: string, by: AskingBy): string =>
  lead?.(address, by) ?? address;

/** Returns what a request with this method is. */
export const askingBy = (method: string): AskingBy => (/^(?:get|head)$/i.test(method) ? 'read' : 'write');
