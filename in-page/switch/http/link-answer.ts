/** What a simplex link answers in its own name to a request that it does not carry, as the sandbox's does. */
import { asciiBytes } from '../../../protocol/wire/handshake.ts';

export const simplexRefusal =
  'This link is simplex: it carries server-to-client alone, and an HTTP exchange needs both directions.';

/** Any page may read the answer, whatever its origin. */
const open = ['Access-Control-Allow-Origin: *', 'Cache-Control: no-store', 'X-Content-Type-Options: nosniff'];

/** Returns the answer to a request of that method. A preflight is let through: the refusal is for the request behind it. */
export function linkAnswer(method: string): { status: number; bytes: Uint8Array } {
  if (method === 'OPTIONS') {
    const allowed = ['Access-Control-Allow-Methods: *', 'Access-Control-Allow-Headers: *'];
    return { status: 204, bytes: asciiBytes(['HTTP/1.1 204 No Content', ...open, ...allowed, '', ''].join('\r\n')) };
  }
  const body = `${simplexRefusal}\n`;
  const fields = ['Content-Type: text/plain; charset=utf-8', `Content-Length: ${body.length}`];
  const head = ['HTTP/1.1 403 Forbidden', ...open, ...fields, '', ''].join('\r\n');
  return { status: 403, bytes: asciiBytes(method === 'HEAD' ? head : head + body) };
}
