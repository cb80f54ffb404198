/**
 * The bytes that crossed each connection of a trace, in order; both exports are built from them. A WebSocket connection is one
 * stream, and so is every HTTP exchange.
 */
import { clientNameOf } from '../trace/client-name.ts';
import { headerLengthOf, opcodeName } from '../wire/frame.ts';
import { type Trace, type TraceEvent, fromHex } from '../trace/trace.ts';
import type { Direction } from '../wire/direction.ts';

/** Bytes that one end sent at once: half of the handshake, a frame, a request, or a part of a response. */
export interface Piece {
  direction: Direction;
  /** In the field's own terms, such as `text frame 3`. */
  title: string;
  /** As captured; shorter than `length` if the tap kept only the beginning. */
  bytes: Uint8Array;
  /** Bytes on the wire. */
  length: number;
  /** When its bytes were at the sending end of the link, ms of the trace. */
  sentAt: number;
  /** When they reached the other end; undefined if they never did. */
  receivedAt: number | undefined;
  /** Why the link did not carry it. */
  dropped: string | undefined;
  /** Number of its bytes shown as `*`, because the tap withholds them. */
  leftOut: number;
}

/** The bytes of one connection. */
export interface Stream {
  kind: 'websocket' | 'http';
  /** The connection's name in the trace. */
  connection: string;
  client: string;
  /** In the order in which they were sent. */
  pieces: Piece[];
  /** When each end considered the connection closed; undefined if the trace ends before. */
  closedAt: Partial<Record<'client' | 'server', number>>;
}

/** Returns the streams of a trace in the order of their first bytes. Streams without captured bytes are left out. */
export function streamsOf(trace: Trace): Stream[] {
  const streams = new Map<string, Stream>();
  const pieces = new Map<string, Piece>();
  const clients = new Map(trace.connections.map(({ id, client }) => [id, client]));
  const streamOf = (event: TraceEvent, exchange?: number): Stream => {
    const { connection } = event;
    const key = exchange === undefined ? connection : `${connection} exchange ${exchange}`;
    let stream = streams.get(key);
    if (!stream) {
      const client = clients.get(connection) ?? clientNameOf(connection);
      const kind = exchange === undefined ? 'websocket' : 'http';
      streams.set(key, (stream = { kind, connection, client, pieces: [], closedAt: {} }));
    }
    return stream;
  };
  /** Returns the piece with that key, creating it at its first mention. */
  const pieceOf = (stream: Stream, key: string, direction: Direction, time: number): Piece => {
    let piece = pieces.get(key);
    if (!piece) {
      piece = {
        direction,
        title: '',
        bytes: new Uint8Array(0),
        length: 0,
        sentAt: time,
        receivedAt: undefined,
        dropped: undefined,
        leftOut: 0,
      };
      pieces.set(key, piece);
      stream.pieces.push(piece);
    }
    return piece;
  };
  for (const event of trace.events) {
    const { connection, time } = event;
    switch (event.name) {
      case 'handshake_sent':
      case 'handshake_received': {
        if (event.at === 'client') break;
        const { direction } = event;
        const piece = pieceOf(streamOf(event), `${connection} ${direction} handshake`, direction, time);
        piece.title = direction === 'client-to-server' ? 'handshake request' : 'handshake response';
        if (event.bytes !== undefined) {
          piece.bytes = fromHex(event.bytes);
          piece.length = piece.bytes.length;
          piece.leftOut = event.leftOut ?? 0;
        }
        if (event.name === 'handshake_sent') piece.sentAt = time;
        else piece.receivedAt = time;
        break;
      }
      case 'frame_sent': {
        const { direction, frame, opcode, length } = event;
        const bytes = fromHex(event.bytes);
        Object.assign(pieceOf(streamOf(event), `${connection} ${direction} ${frame}`, direction, time), {
          title: `${opcodeName(opcode)} frame ${frame}`,
          bytes,
          length: Math.max(bytes.length, headerLengthOf(bytes[1] ?? 0) + length),
        });
        break;
      }
      case 'frame_received':
      case 'frame_dropped': {
        const piece = pieces.get(`${connection} ${event.direction} ${event.frame}`);
        if (piece && event.name === 'frame_received') piece.receivedAt = time;
        else if (piece && event.name === 'frame_dropped') piece.dropped = event.reason;
        break;
      }
      case 'connection_closed':
        streamOf(event).closedAt[event.at] = time;
        break;
      case 'request_sent':
      case 'request_received':
      case 'request_dropped': {
        if (event.at === 'client' || event.exchange === undefined) break;
        const piece = pieceOf(streamOf(event, event.exchange), `exchange ${event.exchange}`, event.direction, time);
        piece.title = 'request';
        if (event.name === 'request_dropped') piece.dropped = event.reason;
        else if (event.name === 'request_received') piece.receivedAt = time;
        if ('bytes' in event && event.bytes !== undefined) {
          piece.bytes = fromHex(event.bytes);
          piece.length = Math.max(piece.bytes.length, event.length ?? 0);
          if ('leftOut' in event) piece.leftOut = event.leftOut ?? 0;
        }
        break;
      }
      case 'response_sent':
      case 'response_received': {
        if (event.at === 'client' || event.exchange === undefined) break;
        const { exchange, part } = event;
        const piece = pieceOf(streamOf(event, exchange), `exchange ${exchange} part ${part}`, event.direction, time);
        piece.title = part === 0 ? 'response' : `response, part ${part}`;
        if (event.name === 'response_sent') break;
        // Bytes are captured as they are written to the socket; before that, there is only content.
        piece.receivedAt = time;
        piece.bytes = fromHex(event.bytes ?? '');
        piece.length = Math.max(piece.bytes.length, event.length ?? 0);
        break;
      }
      case 'exchange_ended':
        if (event.at === 'socket' && event.exchange !== undefined) {
          streamOf(event, event.exchange).closedAt = { client: time, server: time };
        }
    }
  }
  for (const stream of streams.values()) stream.pieces = inOrder(stream.pieces);
  const first = ({ pieces: [piece] }: Stream): number => piece?.sentAt ?? 0;
  return [...streams.values()].filter(({ pieces: { length } }) => length > 0).sort((a, b) => first(a) - first(b));
}

/** Returns a sentence, to follow another, on how much of the piece the tap withholds; empty if it withholds nothing. */
export const leftOutWords = ({ leftOut }: Pick<Piece, 'leftOut'>): string =>
  leftOut === 0 ? '' : ` ${leftOut} of its bytes would reveal who asked or the name of the session, and are shown as *.`;

/** Sorts by time, keeping each direction in its own order; nothing is received before it was sent. */
function inOrder(pieces: readonly Piece[]): Piece[] {
  const latest = { 'client-to-server': -Infinity, 'server-to-client': -Infinity };
  const captured = pieces.filter(({ bytes }) => bytes.length > 0);
  for (const piece of captured) {
    piece.sentAt = latest[piece.direction] = Math.max(latest[piece.direction], piece.sentAt);
    if (piece.receivedAt !== undefined) piece.receivedAt = Math.max(piece.receivedAt, piece.sentAt);
  }
  return captured.sort((a, b) => a.sentAt - b.sentAt);
}
