import { idealLink, type LinkConditions } from '../protocol/link.ts';
import type { Serve, Timers } from './endpoints/endpoint.ts';
import type { Manner } from './manner.ts';
import type { OpenConnections, Upgrade } from './open-connections.ts';
import { orNone, type Options } from './options.ts';
import { Refusal } from './refusal.ts';
import type { Session, Sessions } from './sessions.ts';
import { Recorder } from './tap/recorder.ts';
import { TapChannel } from './tap/tap-channel.ts';
import { TappedSocket } from './tap/tapped-socket.ts';

/** What an address says of a connection to an endpoint. */
export interface Addressed {
  serve: Serve;
  /** The link conditions of the connection's own query. */
  own: Partial<LinkConditions>;
  manner: Manner;
  session: Session | undefined;
  /** The connection's name in the trace; one is made up where it is absent. */
  label: string | undefined;
}

/** Opens connections within sessions and without, and the taps that watch sessions. All methods throw a Refusal. */
export class SessionTraffic {
  readonly #options: Options;
  readonly #sessions: Sessions;
  readonly #connections: OpenConnections;
  readonly #timers: Timers;

  constructor(options: Options, sessions: Sessions, connections: OpenConnections, timers: Timers) {
    this.#options = options;
    this.#sessions = sessions;
    this.#connections = connections;
    this.#timers = timers;
  }

  openTap(session: Session, upgrade: Upgrade): void {
    const { maxSessionTaps, tapQueueBytes, tapQueueEvents } = this.#options;
    if (session.taps.size >= orNone(maxSessionTaps)) {
      throw new Refusal(503, `This session has ${maxSessionTaps} taps already, the most it may have.`);
    }
    const stream = this.#connections.open({
      ...upgrade,
      conditions: idealLink,
      recorder: undefined,
      // The tap bounds its own queue; this bound is for a page that asks for the time and never reads.
      maxQueueBytes: 2 * tapQueueBytes,
      opened: (connection) => {
        const tap = new TapChannel({
          connection,
          timers: this.#timers,
          maxBytes: orNone(tapQueueBytes),
          maxEvents: orNone(tapQueueEvents),
          changeConditions: (changes) => session.changeConditions(changes),
        });
        tap.send({ type: 'ready', session: session.id, conditions: session.conditions });
        session.taps.add(tap);
        connection.onClose(() => session.taps.delete(tap));
      },
    });
    stream.once('close', this.#sessions.hold(session));
  }

  openConnection({ session, own, manner, label, serve }: Addressed, upgrade: Upgrade): void {
    const { maxSessionConnections, maxQueueBytes } = this.#options;
    if (session && session.connections.size >= orNone(maxSessionConnections)) {
      throw new Refusal(503, `This session has ${maxSessionConnections} connections already, the most it may have.`);
    }
    const stream = this.#connections.open({
      ...upgrade,
      conditions: { ...(session?.conditions ?? idealLink), ...own },
      recorder: session && new Recorder(label ?? session.nextLabel(), session, () => this.#timers.now()),
      maxQueueBytes,
      manner,
      opened: serve,
    });
    if (!session || !(stream instanceof TappedSocket)) return;
    session.connections.set(stream, own);
    stream.once('close', this.#sessions.hold(session));
    stream.once('close', () => session.connections.delete(stream));
  }
}
