/** Explains why a connection ended, for a reader whose program does not ask: exceeded limits, refused addresses. */
import { closeCodeMeaning } from '../../../protocol/wire/close-code.ts';
import { type TraceEvent, fromHex } from '../../../protocol/trace/trace.ts';

type Closed = Extract<TraceEvent, { name: 'connection_closed' }>;

/** Returns the sentence for an ending that one of the two ends did not want; undefined for any other. */
export function closingNote({ connection, code, reason }: Closed): string | undefined {
  if (code < 1002 || code > 1015 || code === 1005 || code === 1006) return undefined;
  const { name, meaning } = closeCodeMeaning(code);
  return `Connection ${connection} was closed with ${code}, ${name}: ${reason === '' ? meaning : reason}`;
}

/** How often to look whether the tap has reported a refusal, ms, and how many times. */
const every = 50;
const looks = 10;

/**
 * Returns why the sandbox refused an opening handshake, or undefined. Browsers hide that from scripts (WHATWG WebSockets,
 * feedback from the protocol), but the session's tap has the answer's bytes, which may arrive a little after the connection ends.
 */
export async function refusalTold(events: () => readonly TraceEvent[], connection: string): Promise<string | undefined> {
  for (let look = 0; look < looks; look++) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, every));
    const note = refusalIn(events(), connection);
    if (note !== undefined) return note;
  }
  return undefined;
}

function refusalIn(events: readonly TraceEvent[], connection: string): string | undefined {
  for (const event of events) {
    if (event.name !== 'handshake_sent' || event.connection !== connection || event.bytes === undefined) continue;
    const answer = new TextDecoder().decode(fromHex(event.bytes));
    const [, status, sentence] = /^HTTP\/1\.1 ([45]\d\d)[^]*?\r\n\r\n([^]*)$/.exec(answer) ?? [];
    if (sentence !== undefined) return `The sandbox refused connection ${connection} (${status}): ${sentence.trimEnd()}`;
  }
  return undefined;
}
