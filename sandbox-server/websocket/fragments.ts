import type { WebSocket } from 'ws';
import type { Behaviour } from './behaviour.ts';

/** The most frames that a message is sent in, whatever its size: 64 KiB byte by byte would burden both ends. */
export const mostFragments = 256;

/**
 * Sends a message in frames of `fragmentBytes` of payload (RFC 6455 §5.4). With `pingBetween` it sends a ping in the middle: a
 * control frame may stand between the fragments of a message (§5.5). Text is cut by bytes, so a frame may end inside a character.
 */
export function sendInFragments(
  webSocket: WebSocket,
  data: string | Uint8Array,
  { fragmentBytes, pingBetween }: Pick<Behaviour, 'fragmentBytes' | 'pingBetween'>,
): void {
  const binary = typeof data !== 'string';
  const payload = typeof data === 'string' ? Buffer.from(data) : data;
  const size = Math.max(fragmentBytes, Math.ceil(payload.length / mostFragments));
  const count = Math.max(1, Math.ceil(payload.length / size));
  for (let i = 0; i < count; i++) {
    if (pingBetween && i > 0 && i === count >> 1) webSocket.ping('in between');
    webSocket.send(payload.subarray(i * size, (i + 1) * size), { binary, fin: i === count - 1 });
  }
}
