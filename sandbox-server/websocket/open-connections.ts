import type { Duplex } from 'node:stream';
import { isIdeal } from '../../protocol/wire/link-conditions.ts';
import type { Timers } from '../endpoints/endpoint.ts';
import type { Holder, NoPlace, Shares } from '../endpoints/shares.ts';
import type { FaultBoundary } from '../fault-boundary.ts';
import { refuseUpgrade } from '../http/responses.ts';
import type { ClientAddresses } from '../limits/client-addresses.ts';
import { discardInput } from '../limits/discard-input.ts';
import { Liveness } from '../limits/liveness.ts';
import { ReceiveLimit } from '../limits/receive-limit.ts';
import { givesWay } from '../limits/violation.ts';
import { orNone, type Options } from '../options.ts';
import { noPlaceLeft, Refusal } from '../refusal.ts';
import { TappedSocket } from '../tap/tapped-socket.ts';
import { plainBehaviour } from './behaviour.ts';
import { judgeTextEarly } from './early-utf8.ts';
import { HandshakeAnswerers } from './handshake-answerers.ts';
import { LiveConnection } from './live-connection.ts';
import type { Opening } from './opening.ts';
import { checkOpeningHandshake } from './opening-handshake.ts';
import { pingRegularly } from './regular-pings.ts';
import { judgeLengths } from './strict-lengths.ts';
import type { Tick } from './write-batching/tick.ts';
import type { OrderedWebSocket } from './ws-server.ts';

/** A connection whose handshake is done, and what it came of. */
interface Opened {
  opening: Opening;
  holder: Holder;
  stream: Duplex;
  webSocket: OrderedWebSocket;
  limit: ReceiveLimit;
  tapped?: TappedSocket;
}

/** What connections need from the sandbox. */
export interface OpenConnectionsParts {
  options: Options;
  timers: Timers;
  tick: Tick;
  addresses: ClientAddresses;
  places: Shares;
  /** Called when a connection has closed, with the code of the Close that the server sent and the option behind it, if any. */
  closed: (code: number, limit: string | undefined) => void;
  faults: FaultBoundary;
}

/** Opens connections, and keeps track of the open ones. */
export class OpenConnections {
  readonly #options: Options;
  readonly #timers: Timers;
  readonly #liveness: Liveness;
  /** Every stream from its upgrade until it closes, with its connection once there is one. */
  readonly #streams = new Map<Duplex, LiveConnection | undefined>();
  readonly #answerers: HandshakeAnswerers;
  readonly #tick: Tick;
  readonly #addresses: ClientAddresses;
  readonly #places: Shares;
  readonly #closed: OpenConnectionsParts['closed'];
  readonly #faults: FaultBoundary;
  #count = 0;

  constructor({ options, timers, tick, addresses, places, closed, faults }: OpenConnectionsParts) {
    this.#options = options;
    this.#addresses = addresses;
    this.#places = places;
    this.#closed = closed;
    this.#timers = timers;
    this.#faults = faults;
    this.#tick = tick;
    this.#liveness = new Liveness(orNone(options.pingAfter) * 1000, orNone(options.deadAfter) * 1000, timers, faults);
    this.#answerers = new HandshakeAnswerers(options);
  }

  get size(): number {
    return this.#streams.size;
  }

  /** Bytes waiting for clients, over all connections. */
  get queuedBytes(): number {
    let bytes = 0;
    for (const connection of this.all()) bytes += connection.queuedBytes;
    return bytes;
  }

  /** The connections whose handshake is done. */
  *all(): Iterable<LiveConnection> {
    for (const connection of this.#streams.values()) if (connection) yield connection;
  }

  /** Ends every remaining stream without a closing handshake. */
  terminate(): void {
    for (const stream of this.#streams.keys()) stream.destroy();
  }

  /** Ends the streams whose handshake still waits in a link. */
  terminateOpening(): void {
    for (const [stream, connection] of this.#streams) if (!connection) stream.destroy();
  }

  /** Takes an upgrade and returns its stream, which emits `close` at the end. Throws a Refusal when there are too many. */
  open(opening: Opening): Duplex {
    const isDirect = !opening.recorder && isIdeal(opening.conditions);
    if (isDirect) {
      if (opening.opened instanceof Refusal) throw opening.opened;
      checkOpeningHandshake(opening.request);
    }
    const address = this.#addresses.of(opening.request);
    const holder = { address: address.name, session: opening.session?.id };
    const openedAt = this.#timers.now();
    const place = this.#places.take(holder, {
      // A tap gives way last: without it nobody sees what happens to the others.
      usedAt: () => (opening.isTap ? Infinity : (this.#streams.get(stream)?.heardAt ?? openedAt)),
      giveWay: (why) => this.giveWay(stream, why),
    });
    if ('reason' in place) throw noPlaceLeft(place);
    const limit = new ReceiveLimit(this.#options, openedAt, {
      address,
      ...(opening.session && !opening.isTap && { session: opening.session.quota }),
    });
    const tap = isDirect ? undefined : this.#tap(opening, holder, limit);
    const stream = tap ?? opening.socket;
    stream.once('close', () => {
      this.#streams.delete(stream);
      place.release();
    });
    this.#streams.set(stream, undefined);
    if (tap) {
      try {
        tap.start();
      } catch (error) {
        // The tap does not listen to the socket yet, and the fault is answered on that socket.
        opening.socket.once('close', () => tap.destroy());
        throw error;
      }
    } else {
      this.#answerers.get('direct', opening.behaviour).answer(opening.request, opening.socket, opening.head, (webSocket) => {
        this.#opened({ opening, holder, stream: opening.socket, webSocket, limit });
      });
    }
    return stream;
  }

  /** Ends the stream because others want its place, and tells an open connection why. A fault is not for those others to bear. */
  giveWay(stream: Duplex, why: NoPlace): void {
    const connection = this.#streams.get(stream);
    const end = (): void => void stream.destroy();
    this.#faults.run(() => (connection ? connection.failFor(givesWay(why)) : end()), end);
  }

  #tap(opening: Opening, holder: Holder, limit: ReceiveLimit): TappedSocket {
    const { request, socket, head, requestBytes, conditions, recorder } = opening;
    const { maxMessageBytes, maxQueueBytes, closeTimeout } = this.#options;
    const tapped = new TappedSocket({
      socket,
      head,
      request: requestBytes,
      requestLength: requestBytes?.length ?? request.rawHeaders.join('').length,
      conditions,
      recorder,
      limit,
      keepBytes: orNone(maxMessageBytes),
      maxHeldBytes: orNone(maxQueueBytes),
      closeTimeout: orNone(closeTimeout) * 1000,
      timers: this.#timers,
      faults: this.#faults,
      violationArrived: (violation) => this.#streams.get(tapped)?.failFor(violation),
      requestArrived: () => {
        try {
          if (opening.opened instanceof Refusal) throw opening.opened;
          checkOpeningHandshake(request);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          refuseUpgrade(tapped, error);
          return;
        }
        this.#answerers.get('tapped', opening.behaviour).answer(request, tapped, Buffer.alloc(0), (webSocket) => {
          this.#opened({ opening, holder, stream: tapped, webSocket, limit, tapped });
        });
      },
    });
    return tapped;
  }

  #opened(opened: Opened): void {
    this.#faults.run(
      () => this.#connect(opened),
      () => opened.webSocket.terminate(),
    );
  }

  #connect({ opening, holder, stream, webSocket, limit, tapped }: Opened): void {
    const { request, maxQueueBytes, recorder, behaviour = plainBehaviour } = opening;
    const isCompressed = webSocket.extensions !== '';
    judgeLengths(webSocket);
    if (!isCompressed) judgeTextEarly(webSocket);
    const id = `${++this.#count}`;
    const { timers, faults } = { timers: this.#timers, faults: this.#faults };
    const handshakeKey = request.headers['sec-websocket-key'] ?? '';
    const parts = { id, handshakeKey, holder, webSocket, tapped, limit, maxQueueBytes, behaviour, timers, faults };
    const connection = new LiveConnection({
      ...parts,
      socket: tapped || isCompressed ? undefined : opening.socket,
      tick: this.#tick,
    });
    this.#streams.set(stream, connection);
    if (tapped) tapped.isOpen = true;
    faults.enclose(webSocket);
    this.#liveness.add(connection);
    pingRegularly(connection, behaviour.pingEvery, timers);
    recorder?.opened();
    webSocket.once('error', () => faults.run(() => discardInput(opening.socket)));
    webSocket.once('close', (code, reason) => {
      faults.run(() => this.#liveness.delete(connection));
      faults.run(() => recorder?.closed(code, reason.toString()));
      faults.run(() => this.#closed(webSocket.sentCode ?? code, webSocket.limit));
    });
    const { opened } = opening;
    if (!(opened instanceof Refusal))
      faults.run(
        () => opened(connection),
        () => connection.failForFault(),
        () => webSocket.terminate(),
      );
  }
}
