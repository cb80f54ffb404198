/** What all HTTP APIs of a client's program share: its connections, the names of the addresses it asks, and the order of its requests. */
import type { AskedAddress, Network } from '../../program/network.ts';
import { portOf } from '../address.ts';
import { Outbox } from '../outbox.ts';
import type { WebSocketParts } from '../parts.ts';
import type { OutgoingRequest, ResponseListener } from './client-connection.ts';
import { ConnectionPool } from './connection-pool.ts';
import { PreflightCache } from './preflight-cache.ts';

/** What `fetch`, `EventSource` and `XMLHttpRequest` are made of: the same as `WebSocket`. */
export type HttpParts = WebSocketParts;

/** A request in the trace: its address, and its number among those to that address. */
export interface Asked {
  address: AskedAddress;
  request: number;
}

export class HttpClient {
  readonly #network: Network;
  readonly #linkOf: HttpParts['linkOf'];
  readonly #pools = new Map<string, ConnectionPool>();
  readonly #addresses = new Map<string, { address: AskedAddress; requests: number }>();
  /** Sends requests in the order in which the program made them, though a Blob must be read first. */
  readonly outbox: Outbox;
  readonly preflights: PreflightCache;

  constructor({ network, activity, clock, linkOf }: HttpParts) {
    this.#network = network;
    this.#linkOf = linkOf;
    this.outbox = new Outbox(activity);
    this.preflights = new PreflightCache(clock);
  }

  /** Numbers another request to an address, whatever its query. */
  ask({ origin, pathname }: URL): Asked {
    const key = origin + pathname;
    let asked = this.#addresses.get(key);
    if (!asked) this.#addresses.set(key, (asked = { address: this.#network.nameAddress(), requests: 0 }));
    return { address: asked.address, request: asked.requests++ };
  }

  /** Names an address for one request alone, as each EventSource has it. */
  askAlone(): Asked {
    return { address: this.#network.nameAddress(), request: 0 };
  }

  /** Asks over a free connection. The returned function gives the request up. */
  send(request: Omit<OutgoingRequest, 'link'>, listener: ResponseListener): () => void {
    const { host } = request.url;
    let pool = this.#pools.get(host);
    if (!pool) this.#pools.set(host, (pool = new ConnectionPool(this.#network, portOf(request.url))));
    return pool.ask({ ...request, link: this.#linkOf?.(request.url) }, listener);
  }
}

const clients = new WeakMap<Network, HttpClient>();

/** Returns the client of a program, the same for all its APIs. */
export function httpClientOf(parts: HttpParts): HttpClient {
  let client = clients.get(parts.network);
  if (!client) clients.set(parts.network, (client = new HttpClient(parts)));
  return client;
}
