/**
 * What the switch and a program tell each other. A program is a client's or the server's; it runs in a Worker of its own, so
 * everything here can be posted. Times are milliseconds of the run. A socket is a TCP connection as one end sees it, with a
 * number that is unique in the run.
 */
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';

/** What a program did. `at` is when; deeds come in the order of their times. */
export type Deed = { at: number } & (
  | { type: 'write'; socket: number; bytes: Uint8Array }
  /**
   * `http`: the run names not the connection, but the addresses that are asked over it. `link` are the conditions of its link that
   * differ from the run's, whatever those come to be.
   */
  | { type: 'connect'; socket: number; port: number; carries?: 'http'; link?: Partial<LinkConditions> }
  /** It asks an address by HTTP for the first time: the run names it as it names connections. Numbered among the sockets. */
  | { type: 'name-address'; address: number }
  /** What it asks next on the socket is its nth request to the address, counted from 0. `link` is as for `connect`. */
  | { type: 'ask'; socket: number; address: number; request: number; link?: Partial<LinkConditions> }
  /** It writes no more (TCP's FIN). */
  | { type: 'end'; socket: number }
  /** It wants nothing more of the connection. */
  | { type: 'destroy'; socket: number }
  | { type: 'listen'; port: number }
  | { type: 'stop-listening'; port: number }
  /** It has ended, like a process: nothing more happens to it, and its ports and connections are given up. */
  | { type: 'exit' }
  /** Its API saw something happen on a socket that it opened, or at an address (whose number is in `socket`). */
  | { type: 'saw'; socket: number; event: Seen }
);

/** An event at the API of a client, before the run knows the connection by name. */
export type Seen = WithoutRun<SeenByClient<TraceEvent>>;
/** Some events are a client's or the server's: they count too. */
type SeenByClient<Event> = Event extends { at: infer Vantage } ? ('client' extends Vantage ? Event : never) : never;
type WithoutRun<Event> = Event extends unknown ? Omit<Event, 'time' | 'at' | 'connection'> : never;

/** What happens to a program. */
export type Happening =
  /** It begins. `listening` are the ports on which the run's programs listen by then. */
  | { type: 'start'; listening: number[] }
  /** The time has come that it asked for. */
  | { type: 'time' }
  /** A client has connected to a port that it listens on. */
  | { type: 'accepted'; socket: number; port: number }
  | { type: 'data'; socket: number; bytes: Uint8Array }
  /** The other end writes no more. */
  | { type: 'ended'; socket: number }
  /** The connection is gone. */
  | { type: 'closed'; socket: number }
  /** Nobody listens on the port. */
  | { type: 'refused'; socket: number };

/** What came of a happening, once the program has done all it does for now. */
export interface Outcome {
  deeds: Deed[];
  /** When it wants to be told the time next; undefined if it waits for nothing. */
  wakeAt: number | undefined;
}

/** A program of the run, as the switch sees it. */
export interface Peer {
  /** `A`, `B` … for clients, `server` for the server. */
  readonly name: string;
  /** Hands it what happens at `now`. Resolves when it is quiet again: done with that, and waiting for something or nothing. */
  deliver(happening: Happening, now: number): Promise<Outcome>;
  /**
   * The switch listens here for what the program does when nothing has happened to it: the platform's own work, of which the run
   * knows nothing, has called it. `wakeAt` takes the place of the one before.
   */
  onStray?: (outcome: Outcome) => void;
}
