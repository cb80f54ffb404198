/** The sandbox's own server as a program beside the switch: it has no code of the reader's, and so needs no Worker of its own. */
import { chancesOf } from '../../../../../in-page/program/chance.ts';
import { Program, type Surroundings } from '../../../../../in-page/program/program.ts';
import type { Peer } from '../../../../../in-page/switch/peer.ts';
import { epoch } from '../run-globals.ts';
import { stockFile } from '../stock-file.ts';

export interface StockPeerParts {
  name: string;
  /** See `Program`. */
  index: number;
  macrotask: () => Promise<void>;
}

const throwOn = (error: unknown): void =>
  queueMicrotask(() => {
    throw error;
  });

/** Returns the server of a run with this seed. What it throws is thrown on, as a fault of the Worker. */
export function stockPeer({ name, index, macrotask }: StockPeerParts, seed: number): Peer {
  const start = ({ network, clock, activity, exit }: Surroundings): Promise<void> => {
    const { libraries } = chancesOf(seed, index);
    const hold = <Value>(work: Promise<Value>): Promise<Value> => activity.hold(work);
    const parts = { network, clock, random: libraries.bytes, hold, epoch, onExit: exit, onWrite: () => undefined };
    return stockFile(parts).run(() => undefined);
  };
  return new Program({ name, index, macrotask, start, onError: throwOn });
}
