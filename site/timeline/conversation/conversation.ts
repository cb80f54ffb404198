/** Prepares a trace for drawing: makes its flights findable by time, and reads the life of each connection. */
import { type CarriedSpans, carriedSpans, type DuplexMeasure, measureDuplex } from '../../../protocol/measures/duplex.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { FlightIndex } from '../../../protocol/trace/flight-index.ts';
import type { Trace, TraceConnection } from '../../../protocol/trace/trace.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';
import type { DrawnFlights } from './drawn-flights.ts';
import type { Picked } from './visible-flights.ts';
import { FlightTimeIndex } from './flight-time-index.ts';
import { ThrottledCache } from './throttled-cache.ts';
import { type ConnectionLife, ConnectionLives } from './connection-lives.ts';
import { type SendQueue, queueOf } from './send-queue.ts';
import { type Band, bandsOf, type LanePair } from './lane-pairs.ts';

export type { Closing, ConnectionLife } from './connection-lives.ts';
export { lowerBound } from '../../../protocol/collections/binary-search.ts';
export { endOf } from './flight-time-index.ts';

/** What to draw. All of it may grow; flights change in place as more is heard of them. */
export interface Source {
  trace: Pick<Trace, 'connections' | 'events' | 'stoppedAt'> & Partial<Pick<Trace, 'clock'>>;
  flights: readonly Flight[];
  /** Each flight that has changed, in order, as often as it did; without this list, any flight may have changed. */
  changes?: readonly Flight[] | undefined;
  /** The index that the flights come from; without it, whoever needs one makes another. */
  index?: FlightIndex | undefined;
}

/** A whole conversation as far as it is known. */
export interface Conversation {
  /** In the order they were sent. Sorted when first asked for. */
  readonly flights: readonly Flight[];
  readonly connections: readonly ConnectionLife[];
  /** Where the connections are drawn, in the order they were started; as many bands as there is room for. */
  readonly bands: readonly Band[];
  /** All pairs of lanes, in the order of their bands. */
  readonly pairs: readonly LanePair[];
  /** Returns what `workOut` makes of a pair, worked out once for this reading. Its code may load later than a page's first scripts. */
  once<Value>(workOut: (pair: LanePair, conversation: Conversation) => Value, pair: LanePair): Value;
  /** Returns what waited at the sending end of these connections. Worked out when first asked for. */
  queueOf(connections: readonly ConnectionLife[], direction: Direction): SendQueue | undefined;
  /** The last moment at which anything is known, ms. */
  readonly end: number;
  /** How far off the server's times may be, ± ms. */
  readonly uncertaintyMs: number;
  /** When the run was stopped, ms; undefined if it was not. */
  readonly stoppedAt: number | undefined;
  /** Returns every flight that was sent before `to` and had not ended before `from`, in the order of sending. */
  between(from: number, to: number): Flight[];
  /** Returns, for each group of connections, the flights of a stretch of time that a picture can tell apart. */
  drawn(from: number, to: number, groups: readonly (readonly TraceConnection[])[], picked: Picked): DrawnFlights[];
  /** Returns the one-way time of the latest frame received on that connection in that direction, ms. */
  lastOneWayMs(flight: Pick<Flight, 'connection' | 'direction'>): number | undefined;
  /** Returns when these connections together carried bytes. Worked out when first asked for. */
  carriedBy(connections: readonly TraceConnection[]): CarriedSpans;
  /** Returns for how much of the time they carried bytes. Worked out on every call. */
  duplexOf(connections: readonly TraceConnection[]): DuplexMeasure;
}

/**
 * Reads a source as it grows, each time only what is new. Works out again at each reading what depends on all of it; while a run
 * is on (`isLive`), spends only a part of the time on that. In a flood, queues and carried bytes may be some tenths of a second
 * old; the reading after it brings them up to date.
 */
export class ConversationReader {
  readonly #source: Source;
  readonly #flights: FlightTimeIndex;
  readonly #lives = new ConnectionLives();
  readonly #carried: ThrottledCache<CarriedSpans>;
  readonly #queues: ThrottledCache<SendQueue | undefined>;

  constructor(source: Source, now: () => number = () => performance.now()) {
    this.#source = source;
    this.#flights = new FlightTimeIndex(source);
    const spent = { ms: 0 };
    this.#carried = new ThrottledCache(now, spent);
    this.#queues = new ThrottledCache(now, spent);
  }

  /** True if the last reading gave out values of an earlier one: read again then, even if nothing new has come. */
  get isBehind(): boolean {
    return this.#carried.isBehind || this.#queues.isBehind;
  }

  /** Returns the conversation as it is now. Earlier readings keep growing with it, except the lists already asked for. */
  read(isLive = false): Conversation {
    const { trace, flights } = this.#source;
    const byTime = this.#flights;
    byTime.read();
    this.#lives.read(trace, flights);
    const connections = this.#lives.all();
    const carried = this.#carried.turn(isLive);
    const queues = this.#queues.turn(isLive);
    const ids = (of: readonly TraceConnection[]): string => of.map(({ id }) => id).join(' ');
    const sorted = once(() => byTime.sorted());
    const bands = once(() => bandsOf(connections));
    const pairs = once(() => bands().flatMap((band) => band.pairs));
    const perPair = new Map<unknown, Map<LanePair, unknown>>();
    const conversation: Conversation = {
      get flights() {
        return sorted();
      },
      connections,
      get bands() {
        return bands();
      },
      get pairs() {
        return pairs();
      },
      once<Value>(workOut: (pair: LanePair, conversation: Conversation) => Value, pair: LanePair) {
        let known = perPair.get(workOut) as Map<LanePair, Value> | undefined;
        if (!known) perPair.set(workOut, (known = new Map()));
        if (!known.has(pair)) known.set(pair, workOut(pair, conversation));
        return known.get(pair) as Value;
      },
      queueOf(of, direction) {
        const readings = direction === 'client-to-server' ? of : [];
        return queues.get(`${ids(of)} ${direction}`, () => queueOf(byTime.rows(of), direction, readings));
      },
      end: Math.max(byTime.end, this.#lives.end, trace.stoppedAt ?? 0),
      uncertaintyMs: trace.clock?.uncertaintyMs ?? 0,
      stoppedAt: trace.stoppedAt,
      between: (from, to) => byTime.between(from, to),
      drawn: (from, to, groups, picked) => byTime.drawn(from, to, groups, picked),
      lastOneWayMs: (flight) => byTime.lastOneWayMs(flight),
      carriedBy: (of) => carried.get(ids(of), () => carriedSpans(byTime.rows(of))),
      duplexOf: (of) => measureDuplex(byTime.rows(of)),
    };
    return conversation;
  }
}

/** Returns a function that works a value out when first called, and returns it from then on. */
function once<Value>(workOut: () => Value): () => Value {
  let known: { value: Value } | undefined;
  return () => (known ??= { value: workOut() }).value;
}

/** Reads a trace and its flights once. */
export function readConversation(trace: Source['trace'], flights: readonly Flight[]): Conversation {
  return new ConversationReader({ trace, flights }).read();
}
