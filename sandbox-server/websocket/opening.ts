import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Refusal } from '../refusal.ts';
import type { Session } from '../sessions/sessions.ts';
import type { Recorder } from '../../protocol/trace/recorder.ts';
import type { Behaviour } from './behaviour.ts';
import type { LiveConnection } from './live-connection.ts';

/** A request to upgrade, and the socket that it came on. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  /** Bytes that arrived behind the request. */
  head: Buffer;
  /** The request's bytes as they came, if it was observed. */
  requestBytes: Buffer | undefined;
}

/** An upgrade, and the settings for its connection. */
export interface Opening extends Upgrade {
  conditions: LinkConditions;
  /** Records the connection, if present. */
  recorder: Recorder | undefined;
  maxQueueBytes: number;
  /** The session it belongs to, in addition to its address. */
  session?: Session | undefined;
  /** True for a tap: it watches the session, and its messages do not count towards the session's quota. */
  isTap?: boolean;
  behaviour?: Behaviour;
  /** Called once the handshake is done; or the refusal, which crosses the link as the request did. */
  opened: ((connection: LiveConnection) => void) | Refusal;
}
