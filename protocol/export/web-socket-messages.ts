/** Lists the messages of a connection the way Chrome writes them into a HAR. */
import type { Flight } from '../trace/flight.ts';
import { capturedPayload } from '../trace/payload.ts';
import type { CapturedFrame } from '../trace/trace.ts';
import { isControl, Opcode } from '../wire/frame.ts';
import { toBase64 } from '../wire/handshake.ts';
import { concatBytes } from '../collections/concat-bytes.ts';
import { fromUtf8 } from './utf8.ts';

/** A message, or a control frame, as the client sent or received it. */
export interface WebSocketMessage {
  type: 'send' | 'receive';
  /** Seconds since 1970. */
  time: number;
  /** The opcode of the message's first frame (RFC 6455 §5.2). */
  opcode: number;
  /** Unmasked: text for opcode 1, base64 for every other. Also base64 if the text is incomplete or not UTF-8. */
  data: string;
  /** Number of frames that carried the message, if more than one. */
  _frames?: number;
  /** True if its last frame never came: another message began (RFC 6455 §5.4 forbids that), or the connection ended. */
  _unfinished?: true;
  /** True where `data` is base64 although the opcode is 1. */
  _base64?: true;
  /** Bytes of payload, if the trace does not hold all of them. */
  _length?: number;
}

/** Returns the messages that the client sent and received, by time. Fragments count as one message. */
export function webSocketMessages(flights: readonly Flight[], startedAt: number): WebSocketMessage[] {
  const messages: WebSocketMessage[] = [];
  const seconds = (at: number): number => Math.round((startedAt + at) * 1000) / 1_000_000;
  for (const direction of ['client-to-server', 'server-to-client'] as const) {
    let fragments: CapturedFrame[] = [];
    let begun = 0;
    let latest = 0;
    const type = direction === 'client-to-server' ? 'send' : 'receive';
    const own = flights.filter((flight) => flight.direction === direction && flight.kind === 'frame');
    for (const { captured, sentAt, receivedAt } of own.sort((a, b) => a.frame - b.frame)) {
      const seen = type === 'send' ? sentAt : receivedAt;
      if (!captured || seen === undefined) continue;
      // Keep times in the order of the frames. If the program ended before it saw a frame, we only know the socket's time, which
      // may be earlier than the program's time for the frame before.
      const time = (latest = Math.max(latest, seen));
      if (isControl(captured.opcode)) {
        messages.push(messageOf(type, seconds(time), [captured]));
        continue;
      }
      if (captured.opcode !== Opcode.continuation && fragments.length > 0) {
        messages.push({ ...messageOf(type, seconds(begun), fragments), _unfinished: true });
        fragments = [];
      }
      if (fragments.length === 0) begun = time;
      fragments.push(captured);
      if (!captured.fin) continue;
      messages.push(messageOf(type, seconds(type === 'send' ? begun : time), fragments));
      fragments = [];
    }
    if (fragments.length > 0) messages.push({ ...messageOf(type, seconds(begun), fragments), _unfinished: true });
  }
  return messages.sort((a, b) => a.time - b.time);
}

function messageOf(type: WebSocketMessage['type'], time: number, frames: readonly CapturedFrame[]): WebSocketMessage {
  const [{ opcode, rsv }] = frames as [CapturedFrame];
  const payload = concatBytes(frames.map(capturedPayload));
  const length = frames.reduce((sum, frame) => sum + frame.length, 0);
  const text = opcode === Opcode.text && rsv === 0 && payload.length === length ? fromUtf8(payload) : undefined;
  return {
    type,
    time,
    opcode,
    data: text ?? toBase64(payload),
    ...(frames.length > 1 && { _frames: frames.length }),
    ...(opcode === Opcode.text && text === undefined && { _base64: true }),
    ...(payload.length < length && { _length: length }),
  };
}
