/** Why a connection ended, for a reader whose program does not ask: limits that were exceeded, addresses that were refused. */
import { closeCodeMeaning } from '../../protocol/close-code.ts';
import type { TraceEvent } from '../../protocol/trace.ts';
import { mapAddress } from '../runner/sandboxed/address.ts';

type Closed = Extract<TraceEvent, { name: 'connection_closed' }>;

/** The sentence for an ending that one of the two ends did not wish for; undefined for every other. */
export function closingNote({ connection, code, reason }: Closed): string | undefined {
  if (code < 1002 || code > 1015 || code === 1005 || code === 1006) return undefined;
  const { name, meaning } = closeCodeMeaning(code);
  return `Connection ${connection} was closed with ${code}, ${name}: ${reason === '' ? meaning : reason}`;
}

/**
 * Why the sandbox refused an opening handshake. A browser keeps that from scripts (WHATWG WebSockets, feedback from the
 * protocol), so the page asks the same address by HTTP. Undefined where the address is fine or nobody answers.
 */
export async function refusalNote(url: string, base: string, connection: string): Promise<string | undefined> {
  const mapped = mapAddress(url, base, connection);
  if (!mapped) return undefined;
  try {
    const answer = await fetch(mapped.url.replace(/^ws/, 'http'), { headers: { accept: 'application/json' } });
    if (answer.ok || answer.status === 426) return undefined;
    const { error } = (await answer.json()) as { error: string };
    return `The sandbox refused connection ${connection} (${answer.status}): ${error}`;
  } catch {
    return undefined;
  }
}
