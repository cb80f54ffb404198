/** Tells whether a connection compresses its messages (permessage-deflate, RFC 7692). */
import { fromHex } from './trace.ts';

const agreed = /^Sec-WebSocket-Extensions:.*\bpermessage-deflate\b/im;

/** Returns true if the answer to a handshake, in hexadecimal, agrees to compress (RFC 7692 §7). */
export function agreesToCompress(answer: string): boolean {
  let head = '';
  for (const byte of fromHex(answer)) head += String.fromCharCode(byte);
  return agreed.test(head);
}
