/** Defines an endpoint and all that it may touch. The same endpoints run on the server and in the page's own network. */
import type { ConnectionClosed, ConnectionOpened, ConnectionStarted } from '../../protocol/trace/trace.ts';
import type { Holder } from './shares.ts';

/** One WebSocket connection, as an endpoint sees it. */
export interface Connection {
  /** Unique among the connections of this process. */
  readonly id: string;
  /** The `Sec-WebSocket-Key` that the client sent, which its own program cannot see (RFC 6455 §4.1). */
  readonly handshakeKey: string;
  /** Whom it counts for in the limits that many share. */
  readonly holder: Holder;
  /** Sends one message; bytes must not change afterwards. Does nothing once the connection closes. */
  send(data: string | Uint8Array): void;
  /**
   * Starts the closing handshake (RFC 6455 §7.1.2). `reason` is at most 123 bytes. `limit` names the option that made us close
   * it, if one did.
   */
  close(code: number, reason: string, limit?: string): void;
  /** Text messages come as strings, binary ones as bytes. */
  onMessage(listener: (data: string | Uint8Array) => void): void;
  /** Calls the listener once, when the connection is closed in whatever way. */
  onClose(listener: () => void): void;
  /** Wraps what a timer or others call on its behalf, so that an error in it costs this connection and nobody else. */
  guarded<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void;
}

/** Connections that get the same messages, so that we frame a message for all of them only once. */
export interface Audience {
  readonly size: number;
  add(connection: Connection): void;
  delete(connection: Connection): void;
  /** Sends one message to all but `except`. Keeps the order of calls, also with what is sent to one connection alone. */
  send(data: string | Uint8Array, except?: Connection): void;
}

/** Serves one connection from its opening on. */
export type Serve = (connection: Connection) => void;

/** A WebSocket address. */
export interface Endpoint {
  /** `/echo`, or with a parameter: `/broadcast/:room`. */
  path: string;
  /** How to write the address with its query, for the list of addresses. */
  usage: string;
  summary: string;
  /** True if pages of any origin may use it, because it keeps nothing and reveals nothing. */
  isForAnyPage?: true;
  /** True if the address takes `?compress=1`: messages may be compressed (RFC 7692). */
  compresses?: boolean;
  /** True if the link conditions apply to a second connection that the address leads on to, and not to the first. */
  leadsOn?: boolean;
  /** How many bytes of each frame the tap tells; all of them if absent. */
  capturedBytes?: number;
  /**
   * Reads the parameters before the connection opens. Throws a ParameterError for a wrong one. `beside` begins a second connection,
   * to the address that it is called with.
   */
  accept(
    parameters: Readonly<Record<string, string>>,
    query: URLSearchParams,
    beside?: (address: string) => SecondConnection,
  ): Serve;
}

/** What the client of a second connection records, without time and name. */
type Noted<Event> = Event extends unknown ? Omit<Event, 'time' | 'connection' | 'at'> : never;

/** A second connection, in the session of the first if that is in one. */
export interface SecondConnection {
  /** What its address begins with; empty if there is no session. */
  prefix: string;
  /** Records an event of its client. Does nothing if there is no session. */
  tell(event: Noted<ConnectionStarted | ConnectionOpened | ConnectionClosed>): void;
}

/** Stops a timer; harmless when it has fired. */
export type Cancel = () => void;

/** A clock and timers, handed in so that tests and the in-page network can bring their own. */
export interface Timers {
  /** Milliseconds since the Unix epoch, with fractions; never goes back. */
  now(): number;
  /** Calls back once after `ms` milliseconds; never if `ms` is Infinity. */
  after(ms: number, callback: () => void): Cancel;
}
