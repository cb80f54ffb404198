/** Opens trace documents: from a file that the reader chose or dropped, or from an address of this site. */
import { readTrace, type Trace } from '../../protocol/trace.ts';

const places = ['client', 'socket', 'link', 'server'];
const directions = ['client-to-server', 'server-to-client'];

type Fields = Record<string, unknown>;
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

/** What is wrong with an event, or undefined. Names that are not known are let be: they are not drawn. */
function faultOf(event: Fields): string | undefined {
  const { name, time, at, connection, direction, bytes } = event;
  if (typeof name !== 'string') return 'it has no "name"';
  if (!isTime(time)) return 'its "time" is not a number of milliseconds';
  if (!places.includes(at as string)) return `its "at" is not one of ${places.join(', ')}`;
  if (typeof connection !== 'string') return 'it names no "connection"';
  const moves = /^(handshake|frame|request|response)_/.test(name);
  if (moves && !directions.includes(direction as string)) return `its "direction" is not one of ${directions.join(', ')}`;
  if (name.startsWith('frame_') && !isCount(event['frame'])) return 'its "frame" is not a number from 0';
  if (/^message_/.test(name) && !(isCount(event['message']) && isCount(event['length']))) return 'it lacks "message" or "length"';
  if (name === 'frame_sent') {
    const { opcode, length, fin, masked } = event;
    if (!isCount(opcode) || (opcode as number) > 15) return 'its "opcode" is not a number from 0 to 15';
    if (!isCount(length)) return 'its "length" is not a number of bytes';
    if (typeof fin !== 'boolean' || typeof masked !== 'boolean' || typeof bytes !== 'string')
      return 'it lacks "fin", "masked" or "bytes"';
  }
  // Spaces are allowed (fromHex), and rare.
  const isHex = bytes === undefined || /^(?:[\da-f]{2})*$/i.test(String(bytes).replace(/\s+/g, ''));
  return isHex ? undefined : 'its "bytes" are not hexadecimal';
}

/**
 * Reads a trace that anybody may have written. Throws a SyntaxError, in words for the person who opened it, where it is
 * none of ours, of another version, or holds an event that could not be drawn.
 */
export function openTrace(text: string): Trace {
  const trace = readTrace(text);
  for (const [i, connection] of trace.connections.entries()) {
    const { id, client, url } = (connection ?? {}) as unknown as Fields;
    if ([id, client, url].some((part) => typeof part !== 'string')) {
      throw new SyntaxError(`Cannot read trace: connection ${i + 1} lacks "id", "client" or "url"`);
    }
  }
  for (const [i, event] of trace.events.entries()) {
    const fault = typeof event === 'object' && event !== null ? faultOf(event as unknown as Fields) : 'it is not an object';
    if (fault) throw new SyntaxError(`Cannot read trace: event ${i + 1} cannot be drawn, ${fault}`);
  }
  return trace;
}

/** The trace in a file. Rejects as `openTrace` throws. */
export async function openFile(file: Blob): Promise<Trace> {
  return openTrace(await file.text());
}

/** The trace at an address of this site. Rejects with a sentence where it is another site's, or cannot be had. */
export async function openAddress(address: string, page: string = location.href): Promise<Trace> {
  const url = URL.parse(address, page);
  const { origin } = new URL(page);
  if (url?.origin !== origin) throw new Error(`Cannot open ${address}: it is not an address of this site, ${origin}`);
  const response = await fetch(url, { mode: 'same-origin' }).catch(() => undefined);
  if (!response) throw new Error(`Cannot open ${url.pathname}: the server cannot be reached`);
  if (!response.ok) throw new Error(`Cannot open ${url.pathname}: the server answered ${response.status}`);
  return openTrace(await response.text());
}
