/** Flights: one for each frame, half of a handshake, request or part of a response on its way from one end to the other. */
import { isControl, Opcode } from '../wire/opcode.ts';
import type { HttpExchange } from './exchange.ts';
import type { CapturedFrame, MessageKind } from './trace.ts';
import type { Direction } from '../wire/direction.ts';

/** One frame, one half of the opening handshake, an HTTP request, or a part of its response, on its way. */
export interface Flight {
  /** Unique in the trace, such as `A1 client-to-server 3`. */
  id: string;
  connection: string;
  direction: Direction;
  kind: 'frame' | 'handshake' | 'request' | 'response';
  /** The frame's number in its direction, from 0; -1 until it is captured, and for anything in HTTP. */
  frame: number;
  /** The exchange that a request or a part of a response belongs to. */
  exchange?: HttpExchange;
  /** The number of a part of a response, from 0. */
  part?: number;
  /** Undefined until the tap has captured it. For anything in HTTP, only `bytes` and `length` mean anything. */
  captured: CapturedFrame | undefined;
  /** For the request of an opening handshake: the number of its bytes shown as `*`. Absent for none. */
  leftOut?: number;
  /** For a data frame: the message it is part of, counted per direction from 0. */
  message: number | undefined;
  /** True for the frames of a compressed message, as the handshake agreed (RFC 7692 §7.2.3). Otherwise absent. */
  isCompressed?: boolean;
  /** Set on a frame that begins a message. */
  messageKind: MessageKind | undefined;
  /** Payload bytes: of the frame once captured, of the message before that. For anything in HTTP, all bytes on the wire. */
  length: number;
  /** When the sending end sent it, ms: the client's program if it was seen, otherwise the server's socket. */
  sentAt: number;
  /** When it began to move: `sentAt` plus the time it waited for its turn in the link. Undefined while it waits. */
  departedAt: number | undefined;
  /** When the other end had all of it; undefined while in flight, and for ever if it was dropped or cut. */
  receivedAt: number | undefined;
  /** When the simulated link began to carry it and when it had delivered it, ms; `queuedAt` is when its wait for that began. */
  onLink?: { queuedAt?: number; from: number; to: number | undefined };
  /** How long the link was to carry it, as announced at departure; ms. Absent if the link did not say. */
  takes?: number | undefined;
  /** How often the link lost it and sent it again, as TCP does, before it got through. Absent if it was never lost. */
  resent?: number;
  /** Why and when the link dropped it. */
  dropped: { at: number; reason: string } | undefined;
}

/** Returns true for a request and the parts of its response, but not for the opening handshake of a WebSocket. */
export function isHttp({ kind }: Pick<Flight, 'kind'>): boolean {
  return kind === 'request' || kind === 'response';
}

/** Returns true for text, binary and continuation frames, but not for the handshake, close, ping, pong or HTTP. */
export function isData({ kind, captured }: Flight): boolean {
  return kind === 'frame' && !isControl(captured?.opcode ?? Opcode.text);
}
