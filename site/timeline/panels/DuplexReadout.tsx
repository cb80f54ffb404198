/** Shows for how much of the time each direction carried bytes, and both did: one row per pair of lanes. */
import type { DuplexMeasure } from '../../../protocol/measures/duplex.ts';
import { formatCount } from '../../../protocol/words/count.ts';
import { captionsOf } from '../layout/captions.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { percent } from '../words/percent.ts';

interface Props {
  conversation: Conversation;
  /** How many rows to keep room for. */
  rows: number;
  names: Readonly<Record<string, string>> | undefined;
}

/** More rows would push the controls off the screen. */
const mostRows = 6;

export function DuplexReadout({ conversation: { connections, pairs, duplexOf }, rows, names }: Props) {
  const captions = captionsOf(pairs, names);
  const kept = Math.min(rows, mostRows);
  const placed = pairs.reduce((sum, pair) => sum + pair.connections.length, 0);
  const others = Math.max(0, pairs.length - mostRows) + connections.length - placed;
  return (
    <ul class="tl-duplex" aria-label="Share of time in which bytes were on the way">
      {Array.from({ length: kept }, (_, i) => {
        // This row only keeps room, so it is hidden from everyone.
        const isEmpty = i > 0 && pairs[i] === undefined;
        return (
          <li key={i} {...(isEmpty && { 'aria-hidden': true, style: { visibility: 'hidden' } })}>
            {kept > 1 && <span class="tl-duplex-name">{captions[i] ?? '–'}</span>}
            <Measure measure={duplexOf(pairs[i]?.connections ?? [])} />
          </li>
        );
      })}
      {others > 0 && <li>and {formatCount(others)} more</li>}
    </ul>
  );
}

function Measure({ measure: { clientToServer, serverToClient, both, mostInFlight } }: { measure: DuplexMeasure }) {
  const most = [mostInFlight['client-to-server'], mostInFlight['server-to-client']] as const;
  return (
    <>
      <span class="tl-share tl-key-c2s">
        <i />
        <span class="tl-sr">client to server </span>
        <span aria-hidden="true">c→s </span>
        <b>{percent(clientToServer)}</b>
      </span>
      <span class="tl-share tl-key-s2c">
        <i />
        <span class="tl-sr">server to client </span>
        <span aria-hidden="true">s→c </span>
        <b>{percent(serverToClient)}</b>
      </span>
      <span class="tl-share tl-key-both">
        <i />
        both <b>{percent(both)}</b>
      </span>
      <span class="tl-share tl-most" title="The most frames that were in flight at one moment, each way">
        <span class="tl-sr">
          most frames in flight at one moment: {most[0]} to the server, {most[1]} to the client
        </span>
        <span aria-hidden="true">
          most in flight <b>{most[0]}</b> → <b>{most[1]}</b> ←
        </span>
      </span>
    </>
  );
}
