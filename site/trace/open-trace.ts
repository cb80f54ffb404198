/** Opens trace documents from a file that the reader chose or dropped, or from an address on this site. */
import { readTrace, type Trace } from '../../protocol/trace/trace.ts';
import { faultOf, isMoment, isName } from './event-fields.ts';

/**
 * Reads a trace that anybody may have written. Throws a SyntaxError, worded for the person who opened it, if it is not one of our
 * traces, has another version, or holds an event that cannot be drawn.
 */
export function openTrace(text: string): Trace {
  const trace = readTrace(text);
  if (trace.stoppedAt !== undefined && !isMoment(trace.stoppedAt)) {
    throw new SyntaxError('Cannot read trace: its "stoppedAt" is not a number of milliseconds');
  }
  for (const [i, connection] of trace.connections.entries()) {
    const { id, client, url, stoppedAt } = ((connection as unknown) ?? {}) as Record<string, unknown>;
    if (stoppedAt !== undefined && !isMoment(stoppedAt)) {
      throw new SyntaxError(`Cannot read trace: the "stoppedAt" of connection ${i + 1} is not a number of milliseconds`);
    }
    if (!isName(id) || !isName(client) || typeof url !== 'string') {
      throw new SyntaxError(`Cannot read trace: connection ${i + 1} lacks "id", "client" or "url"`);
    }
  }
  for (const [i, event] of trace.events.entries()) {
    const fault = faultOf(event);
    if (fault) throw new SyntaxError(`Cannot read trace: event ${i + 1} cannot be drawn, ${fault}`);
    // Spaces help people who write a trace by hand, but code that reads bytes from an offset relies on there being none.
    if ('bytes' in event && event.bytes !== undefined) event.bytes = event.bytes.replace(/\s+/g, '');
  }
  if (!['live', 'in-page'].includes(trace.network)) {
    throw new SyntaxError('Cannot read trace: its "network" is not one of live, in-page');
  }
  return trace;
}

/** Returns the trace in a file. Rejects with the error that `openTrace` throws. */
export async function openFile(file: Blob): Promise<Trace> {
  return openTrace(await file.text());
}

/** Returns the trace at an address on this site. Rejects with a sentence if it is on another site or cannot be fetched. */
export async function openAddress(address: string, page: string = location.href): Promise<Trace> {
  const url = URL.parse(address, page);
  const { origin } = new URL(page);
  if (url?.origin !== origin) throw new Error(`Cannot open ${address}: it is not an address of this site, ${origin}`);
  const response = await fetch(url, { mode: 'same-origin' }).catch(() => undefined);
  if (!response) throw new Error(`Cannot open ${url.pathname}: the server cannot be reached`);
  if (!response.ok) throw new Error(`Cannot open ${url.pathname}: the server answered ${response.status}`);
  return openTrace(await response.text());
}
