import type { Duplex } from 'node:stream';
import { idealLink, type LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Serve, Timers } from '../endpoints/endpoint.ts';
import type { Behaviour } from '../websocket/behaviour.ts';
import type { OpenConnections } from '../websocket/open-connections.ts';
import type { Upgrade } from '../websocket/opening.ts';
import { hasAll } from '../limits/resources.ts';
import { orNone, type Options } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { refusalIfFull } from './full-session.ts';
import type { Session, Sessions } from './sessions.ts';
import { Recorder } from '../../protocol/trace/recorder.ts';
import { hexOf } from '../tap/hex.ts';
import { TapChannel } from '../tap/tap-channel.ts';
import { TappedSocket } from '../tap/tapped-socket.ts';

/** What an address says about a connection to an endpoint. */
export interface Addressed {
  /** Serves the connection, or says why we do not open it. */
  serve: Serve | Refusal;
  /** The link conditions of the connection's own query. */
  own: Partial<LinkConditions>;
  behaviour?: Behaviour;
  /** How many bytes of each frame the tap tells; all of them if undefined. */
  capturedBytes?: number | undefined;
  session: Session | undefined;
  /** The connection's name in the trace; the session makes one up if it is absent. */
  label: string | undefined;
}

/** Opens connections within and outside sessions, and the taps that watch sessions. All methods throw a Refusal. */
export class SessionConnections {
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
      throw new Refusal(503, hasAll('session', maxSessionTaps, 'taps'), {}, 'maxSessionTaps');
    }
    const stream = this.#connections.open({
      ...upgrade,
      conditions: idealLink,
      session,
      isTap: true,
      recorder: undefined,
      // The tap bounds its own queue; this bound stops a page that asks for the time and never reads.
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
    stream.once('close', this.#hold(session, stream));
  }

  /** Returns the refusal, if there is one that the session's tap tells of. */
  openConnection({ session, own, behaviour, capturedBytes, label, serve }: Addressed, upgrade: Upgrade): Refusal | undefined {
    const tooMany = refusalIfFull(session, this.#options);
    const opened = tooMany ?? serve;
    const stream = this.#connections.open({
      ...upgrade,
      // A connection too many does not wait in a link: a flood would grow the queue.
      conditions: tooMany ? idealLink : { ...(session?.conditions ?? idealLink), ...own },
      session,
      recorder:
        session && new Recorder(label ?? session.nextLabel(), session, () => this.#timers.now(), { capturedBytes, hex: hexOf }),
      maxQueueBytes: this.#options.maxQueueBytes,
      ...(behaviour && { behaviour }),
      opened,
    });
    if (session && !tooMany && stream instanceof TappedSocket) {
      session.connections.set(stream, own);
      stream.once('close', this.#hold(session, stream));
      stream.once('close', () => session.connections.delete(stream));
    }
    return opened instanceof Refusal ? opened : undefined;
  }

  #hold(session: Session, stream: Duplex): () => void {
    return this.#sessions.hold(session, (why) => this.#connections.giveWay(stream, why));
  }
}
