/**
 * The trace: what was seen of a conversation, and where and when it was seen. One schema for live, recorded and
 * in-page conversations. After qlog (draft-ietf-quic-qlog-main-schema): a list of events, each with time, place and name.
 *
 * Times are milliseconds since the run began, on the client's clock. Bytes are hexadecimal text, so that a trace
 * can be read, compared and put into a lesson as it is.
 *
 * Longer than most files: a schema is read as one document, and a reference page is made from this one's comments.
 */
import type { Direction } from '../wire/direction.ts';

/**
 * Where an event was seen:
 * - `client`: in the reader's program, at the WebSocket API; of a connection that carries raw bytes (`rawA1`, for A1 to `/raw`),
 *   at its client's end, which is in the sandbox;
 * - `socket`: at the server's socket, where bytes are captured; the client's end of the link;
 * - `link`: in the link that the sandbox simulates between its socket and the server's program;
 * - `server`: at the server's program; the server's end of the link.
 */
export type VantagePoint = 'client' | 'socket' | 'link' | 'server';

/** What a message carries (WHATWG WebSockets): text or binary. */
export type MessageKind = 'text' | 'binary';

/** The header and bytes of a frame as captured (RFC 6455 §5.2). Payloads stay masked in `bytes`. */
export interface CapturedFrame {
  /** The FIN bit: the last frame of its message. */
  fin: boolean;
  /** RSV1, RSV2 and RSV3 as a number from 0 to 7, RSV1 worth 4. */
  rsv: number;
  /** 0 to 15. */
  opcode: number;
  /** The MASK bit. */
  masked: boolean;
  /** Payload length in bytes. */
  length: number;
  /** The bytes on the wire, in hexadecimal; fewer than header and payload where the tap keeps only the beginning. */
  bytes: string;
}

interface EventBase {
  /** Milliseconds since the run began, on the client's clock. */
  time: number;
  /** Where it was seen. */
  at: VantagePoint;
  /** Identifies the connection, such as `A1`: client A's first. */
  connection: string;
}

/** The reader's program called `new WebSocket(url)`. `url` is as the reader wrote it. */
export interface ConnectionStarted extends EventBase {
  at: 'client';
  name: 'connection_started';
  /** As the reader wrote it. */
  url: string;
}

/** One half of the opening handshake was at a vantage point (RFC 6455 §4). `bytes` on the first sighting alone. */
export interface HandshakeEvent extends EventBase {
  name: 'handshake_sent' | 'handshake_received';
  /** Which way it goes. */
  direction: Direction;
  /** As they were on the wire, in hexadecimal. */
  bytes?: string;
  /** How many of these bytes stand as `*`, since they told who asks, or the name of the session. Absent for none. */
  leftOut?: number;
}

/** An end counts the connection as open: the `open` event at the client, the upgraded socket at the server. */
export interface ConnectionOpened extends EventBase {
  at: 'client' | 'server';
  name: 'connection_opened';
}

/** The reader's program called `send()`, or its `message` event fired. `message` counts per direction from 0. */
export interface MessageEvent extends EventBase {
  at: 'client';
  name: 'message_sent' | 'message_received';
  /** Counts per direction from 0. */
  message: number;
  /** What the message carries. */
  kind: MessageKind;
  /** Bytes: UTF-8 for text. */
  length: number;
}

/**
 * The browser still held this many bytes of messages that the program had sent: `bufferedAmount` (WHATWG WebSockets §3.2). Read
 * a hundred times a second after `send()` while it is not 0, and told where it has changed.
 */
export interface BufferRead extends EventBase {
  at: 'client';
  name: 'buffer_read';
  /** Bytes. */
  amount: number;
}

/** A frame entered the link at its sending end; where the sandbox has captured it. `frame` counts per direction from 0. */
export interface FrameSent extends EventBase, CapturedFrame {
  at: 'socket' | 'server';
  name: 'frame_sent';
  /** Which way it goes. */
  direction: Direction;
  /** Counts per direction from 0. */
  frame: number;
  /** Of a data frame: the message that it is part of, counting per direction from 0. Control frames belong to none. */
  message?: number;
}

/** The link began to carry the frame (it may have waited for a turn or for bandwidth), or delivered it whole to the other end. */
export interface FrameMoved extends EventBase {
  at: 'link' | 'socket' | 'server';
  name: 'frame_departed' | 'frame_received';
  /** Which way it goes. */
  direction: Direction;
  /** Counts per direction from 0. */
  frame: number;
  /** Of a departure: how often it is lost and sent again before it gets through, as TCP does. Absent where it is not. */
  resent?: number;
  /** Of a departure: for how long the link carries it, as the link itself worked that out, ms. Absent where it takes no time. */
  takes?: number;
}

/** The link did not carry the frame; `reason` is a sentence for the reader. */
export interface FrameDropped extends EventBase {
  at: 'link';
  name: 'frame_dropped';
  /** Which way it goes. */
  direction: Direction;
  /** Counts per direction from 0. */
  frame: number;
  /** A sentence for the reader. */
  reason: string;
}

/** The link carries nothing any more: it was cut, which both ends notice, or it went silent, which neither is told. */
export interface LinkEnded extends EventBase {
  at: 'link';
  name: 'link_cut' | 'link_silenced';
}

/** The client's `close()` was called with this code and reason (both absent where it gave none). */
export interface CloseCalled extends EventBase {
  at: 'client';
  name: 'close_called';
  /** As given; absent where it was not. */
  code?: number;
  /** As given; absent where it was not. */
  reason?: string;
}

/** An end counts the connection as closed. Both ends may differ (RFC 6455 §7.1.5). */
export interface ConnectionClosed extends EventBase {
  at: 'client' | 'server';
  name: 'connection_closed';
  /** The close code. */
  code: number;
  /** Of the Close frame; empty where there was none. */
  reason: string;
  /** True where both Close frames were there (RFC 6455 §7.1.4). */
  wasClean: boolean;
}

/**
 * This many events were left out here: by the tap, because its reader was slower than the wire, or from here to the end by
 * the page, which keeps so many frames of a run.
 */
export interface EventsOmitted extends EventBase {
  at: 'socket';
  name: 'events_omitted';
  /** How many. */
  count: number;
}

interface ExchangeBase extends EventBase {
  /** Counts the HTTP exchanges of a session from 0. Absent at the client, whose API does not know it. */
  exchange?: number;
  /**
   * Which asking of the program it belongs to: a connection's name stands for one address, and its askings count from 0. The
   * client puts the number into the address, `/s/:session.:connection.:request/`, so that what both ends saw can be joined.
   * An asking may take several exchanges: a preflight before it, and each time that an EventSource comes back.
   */
  request?: number;
}

/** An HTTP exchange began: its request's head is at the socket, or the reader's program asked for it. */
export interface ExchangeStarted extends ExchangeBase {
  at: 'client' | 'socket';
  name: 'exchange_started';
  /** Of the request, such as `GET`. */
  method: string;
  /** As the request writes it, with `*` for the name of the session, or at the client as the reader wrote it. */
  target: string;
  /** At the client: what the program asked with. */
  api?: 'fetch' | 'EventSource';
  /** At the socket: which TCP connection of the session it came on, counting from 0. A browser sends many requests on one. */
  socket?: number;
}

/**
 * The request, head and body, entered the link (`request_sent`), began to be carried, and was with the server's program:
 * from then on it is held, until the first part of the response is sent.
 */
export interface RequestEvent extends ExchangeBase {
  name: 'request_sent' | 'request_departed' | 'request_received';
  /** Which way it goes. */
  direction: 'client-to-server';
  /** Bytes of head and body; on the first sighting alone. */
  length?: number;
  /** As they were on the wire, in hexadecimal. */
  bytes?: string;
  /** How many of these bytes stand as `*`, since they told who asks, or the name of the session. Absent for none. */
  leftOut?: number;
  /** Of a departure: how often it is lost and sent again before it gets through. Absent where it is not. */
  resent?: number;
  /** Of a departure: for how long the link carries it, as the link itself worked that out, ms. Absent where it takes no time. */
  takes?: number;
}

/** The link did not carry the request; `reason` is a sentence for the reader. */
export interface RequestDropped extends ExchangeBase {
  at: 'link';
  name: 'request_dropped';
  /** Which way it goes. */
  direction: 'client-to-server';
  /** A sentence for the reader. */
  reason: string;
}

/** The link did not carry this part of the response; `reason` is a sentence for the reader. */
export interface ResponseDropped extends ExchangeBase {
  at: 'link';
  name: 'response_dropped';
  /** Which way it goes. */
  direction: 'server-to-client';
  /** Counts from 0. */
  part: number;
  /** A sentence for the reader. */
  reason: string;
}

/**
 * A part of the response entered the link at the server (`response_sent`), began to be carried, and was written to the
 * socket (`response_received`, with the bytes just as they were written). `part` counts from 0: the first holds the head, and
 * the whole of an answer that comes at once; a stream has a part for its head and one for each write.
 */
export interface ResponseEvent extends ExchangeBase {
  at: 'client' | 'server' | 'link' | 'socket';
  name: 'response_sent' | 'response_departed' | 'response_received';
  /** Which way it goes. */
  direction: 'server-to-client';
  /** Counts from 0. */
  part: number;
  /**
   * Of the first part: the status code (RFC 9110 §15), where it is sent and at the client. At the socket only where the link itself
   * answers a request that it does not carry: then there is no sending.
   */
  status?: number;
  /** Where it is sent: bytes of content; where it is received: of all that was written, with head and chunk sizes. */
  length?: number;
  /** As they were on the wire, in hexadecimal. */
  bytes?: string;
  /** Of a departure: how often it is lost and sent again before it gets through. Absent where it is not. */
  resent?: number;
  /** Of a departure: for how long the link carries it, as the link itself worked that out, ms. Absent where it takes no time. */
  takes?: number;
  /** True on the part that ends the response, where it is sent and where it is received. */
  final?: boolean;
}

/**
 * The program got bytes of the response's content from the API: a chunk of the stream `response.body`, or all of it at once
 * from `text()`, `json()` and their like. Chunks are not parts: what the server wrote at once may be read in several, and
 * several writes in one. `chunk` counts from 0.
 */
export interface ChunkRead extends ExchangeBase {
  at: 'client';
  name: 'chunk_read';
  /** Counts from 0. */
  chunk: number;
  /** Bytes of content; absent where the API does not show how many there were. */
  length?: number;
}

/** An EventSource dispatched an event (HTML §9.2.6). `event` counts from 0 over all exchanges of the EventSource. */
export interface EventReceived extends ExchangeBase {
  at: 'client';
  name: 'event_received';
  /** Counts from 0. */
  event: number;
  /** The event’s name: `message` where the stream named none. */
  type: string;
  /** The id that a reconnection would send as `Last-Event-ID` now. */
  lastEventId: string;
  /** Bytes of the data, in UTF-8. */
  length: number;
}

/** An EventSource lost its stream, ended or cut, and will ask again after its reconnection time (HTML §9.2.3). */
export interface Reconnecting extends ExchangeBase {
  at: 'client';
  name: 'reconnecting';
}

/** The exchange is over at the socket: answered whole, or cut off by the client or by a limit; or the program saw its end. */
export interface ExchangeEnded extends ExchangeBase {
  at: 'client' | 'socket';
  name: 'exchange_ended';
  /** True where all of the answer was there. */
  complete: boolean;
  /** At the client, where it is not complete: the program gave it up, or it failed on the way. */
  cause?: 'aborted' | 'failed';
  /** Where it is not complete: a sentence for the reader. */
  reason?: string;
}

/** What happens to an HTTP exchange (RFC 9110 §3): polling, long polling, server-sent events. */
export type ExchangeEvent =
  | ExchangeStarted
  | RequestEvent
  | RequestDropped
  | ResponseEvent
  | ResponseDropped
  | ChunkRead
  | EventReceived
  | Reconnecting
  | ExchangeEnded;

/** Everything that a trace can hold. */
export type TraceEvent =
  | ConnectionStarted
  | HandshakeEvent
  | ConnectionOpened
  | MessageEvent
  | BufferRead
  | FrameSent
  | FrameMoved
  | FrameDropped
  | LinkEnded
  | CloseCalled
  | ConnectionClosed
  | EventsOmitted
  | ExchangeEvent;

/** A connection of the trace, in the order they were started. */
export interface TraceConnection {
  /** The name by which events tell it: `A1`. */
  id: string;
  /** The client that opened it: `A`, `B` … */
  client: string;
  /** The address as the reader wrote it; without its query, where it is asked by HTTP. */
  url: string;
  /** Absent for a WebSocket. `http`: an address that is asked, over as many TCP connections as the browser likes. */
  kind?: 'http';
  /** Where several traces are joined: whose server it is. Absent in a trace of one run. */
  server?: string;
  /** Where several traces are joined: when its run was stopped. Absent in a trace of one run, which says it for all. */
  stoppedAt?: number;
}

/** A conversation, whole. */
export interface Trace {
  /** Of the schema. */
  version: 1;
  /** `live`: over real sockets; `in-page`: both ends in the reader's browser. */
  network: 'live' | 'in-page';
  /** Server clock minus client clock, already taken off the server's times; and how far off that may be, ± milliseconds. */
  clock: { offsetMs: number; uncertaintyMs: number };
  /** In the order in which they were started. */
  connections: TraceConnection[];
  /** In the order of their times. */
  events: TraceEvent[];
  /** When the run was stopped: of what was under way then no more is known. Absent where it came to its end. */
  stoppedAt?: number;
}

/** The version that `readTrace` takes. */
export const traceVersion = 1;

/** A trace with nothing in it yet. */
export function emptyTrace(network: Trace['network'] = 'live'): Trace {
  return { version: traceVersion, network, clock: { offsetMs: 0, uncertaintyMs: 0 }, connections: [], events: [] };
}

/** Returns bytes as lower-case hexadecimal text. */
export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** Returns the value of a hexadecimal digit, given its character code; -1 for anything else. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

const noHex = (hex: string): SyntaxError =>
  new SyntaxError(`Cannot read bytes: "${hex.slice(0, 20)}" is not made of pairs of hexadecimal digits`);

/** Returns the bytes of hexadecimal text, which may contain spaces. Throws a SyntaxError for anything else. */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length >> 1);
  let [length, high] = [0, -1];
  for (let i = 0; i < hex.length; i++) {
    const digit = digitOf(hex.charCodeAt(i));
    if (digit >= 0 && high >= 0) {
      bytes[length++] = high * 16 + digit;
      high = -1;
    } else if (digit >= 0) high = digit;
    else if (!/\s/.test(hex.charAt(i))) throw noHex(hex);
  }
  if (high >= 0) throw noHex(hex);
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/** A trace that was cut off in a transfer is common enough to be named. */
function whyNoJson(text: string): string {
  if (text === '') return 'is empty';
  return text.startsWith('{') && !text.endsWith('}') ? 'breaks off before its end' : 'is not JSON';
}

/**
 * Reads a trace from its JSON text. Throws a SyntaxError that says what is wrong, in words for the person who
 * opened the file: not JSON, not a trace, a newer version, or a part that is missing.
 */
export function readTrace(text: string): Trace {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SyntaxError(`Cannot read trace: the file ${whyNoJson(text.trim())}`);
  }
  const trace = json as Partial<Trace> | null;
  if (typeof trace !== 'object' || trace === null || typeof trace.version !== 'number') {
    throw new SyntaxError('Cannot read trace: the file has no "version", so it is not a trace');
  }
  if (trace.version !== traceVersion) {
    const from = trace.version > traceVersion ? ', so it comes from a newer Duplex Playground' : '';
    throw new SyntaxError(`Cannot read trace: it has version ${trace.version}; this page reads version ${traceVersion}${from}`);
  }
  for (const part of ['connections', 'events'] as const) {
    if (!Array.isArray(trace[part])) throw new SyntaxError(`Cannot read trace: its "${part}" is not a list`);
  }
  if (!Number.isFinite(trace.clock?.offsetMs) || !Number.isFinite(trace.clock?.uncertaintyMs)) {
    throw new SyntaxError('Cannot read trace: its "clock" lacks offsetMs or uncertaintyMs');
  }
  return trace as Trace;
}
